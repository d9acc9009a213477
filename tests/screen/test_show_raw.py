"""What `searcher show --raw` gives of a saved page, and what it says where there is none."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


PARAGRAPHS = (
    "The harbour of Lund was closed on Monday after a barge lost its load in the channel.",
    "Divers expect to need two days, said Mara Holt, who leads the port's rescue service.",
    "Ships bound for the north quay are sent to Ystad, where fees were waived until Friday.",
)


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path, run_in: Run
) -> tuple[Path, list[dict[str, str]]]:
    """A folder with an archive of pages of all kinds, and the records of the articles."""
    folder = tmp_path_factory.mktemp("sample")
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Port of Lund closed", "Lund Herald <n@lund.example>"
    mail.set_content("\n\n".join(PARAGRAPHS))
    (folder / "port.eml").write_bytes(bytes(mail))
    lines = ["The Dock Times", "", "A crane fell in the port of Malmö", "", *PARAGRAPHS[::-1]]
    (folder / "crane.txt").write_text("\n\n".join(lines), encoding="utf-8")
    run_in(folder, "index", sample_corpus / "odd", "port.eml", "crane.txt")
    exported = run_in(folder, "export").stdout.splitlines()
    return folder, [json.loads(line) for line in exported]


@pytest.mark.parametrize("kind", [".html", ".html.gz", ".mhtml", ".eml", ".txt", ".jsonl#"])
def test_a_page_comes_out_byte_for_byte(
    sample: tuple[Path, list[dict[str, str]]],
    program: tuple[str, ...],
    environment: dict[str, str],
    kind: str,
) -> None:
    folder, records = sample
    ending = re.compile(re.escape(kind) + r"(?:$|(?<=#))")
    article = next(one for one in records if ending.search(one["location"]))
    done = subprocess.run(
        [*program, "show", article["id"], "--raw"],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    path, _, record = article["location"].partition("#")
    saved = Path(path).read_bytes()
    if path.endswith(".gz"):
        saved = gzip.decompress(saved)
    if record:
        assert done.stdout in [line.strip() for line in saved.splitlines()]
        assert json.loads(done.stdout)["title"] == article["title"]
    else:
        assert done.stdout == saved


@pytest.fixture
def changing(run: Run, tmp_path: Path, write_page: Callable[..., Path]) -> Path:
    """A page in an archive, which a test may change."""
    page = write_page(tmp_path / "pages" / "bridge.html")
    (tmp_path / "pages" / "record.jsonl").write_text(
        json.dumps({"id": "r1", "title": "A strike", "body": "The ferry stood still."}) + "\n",
        encoding="utf-8",
    )
    run("index", "pages")
    return page


def test_a_page_that_is_gone_or_changed_is_told(run: Run, changing: Path) -> None:
    own = run("search", "bridge", "--ids").stdout.strip()
    before = changing.read_text(encoding="utf-8")
    assert run("show", own, "--raw").stdout == before
    changing.write_text(before + "<!-- later -->", encoding="utf-8")
    done = run("show", own, "--raw")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"searcher: what is at {changing} is not what was indexed")
    done = run("show", own, "--raw", "--changed")
    assert (done.returncode, done.stdout) == (0, before + "<!-- later -->")
    assert done.stderr.startswith("searcher: the page changed after it was indexed")
    changing.unlink()
    done = run("show", own, "--raw")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"searcher: the page {changing} cannot be shown: it is no longer there; "
        "without --raw, its text is shown from the archive\n"
    )
    changing.mkdir()
    assert "no longer there" in run("show", own, "--raw").stderr


def test_an_archive_cannot_have_any_file_written(run: Run, changing: Path) -> None:
    own = run("search", "bridge", "--ids").stdout.strip()
    secret = changing.with_name("secret.txt")
    secret.write_text("the password is swordfish", encoding="utf-8")
    changing.unlink()
    changing.symlink_to(secret)  # what an archive says is there is another file
    done = run("show", own, "--raw")
    assert (done.returncode, done.stdout) == (2, "")
    assert "swordfish" not in done.stderr
    assert "--changed" in done.stderr


def test_a_record_that_is_gone_from_its_file_is_told(run: Run, changing: Path) -> None:
    records = changing.with_name("record.jsonl")
    line = records.read_text(encoding="utf-8")
    assert run("show", "r1", "--raw").stdout == line.strip()
    records.write_text(line.replace("still", "in port"), encoding="utf-8")
    done = run("show", "r1", "--raw", "--changed")
    assert "in port" in done.stdout
    assert "changed after it was indexed" in done.stderr
    records.write_text(line.replace("r1", "r2"), encoding="utf-8")
    assert "no longer there" in run("show", "r1", "--raw").stderr


def test_where_else_the_article_was_is_told(
    run: Run, tmp_path: Path, write_pages: Callable[[Path], None]
) -> None:
    write_pages(tmp_path / "pages")
    run("index", "pages")
    own = run("search", "ferry", "--ids").stdout.strip()
    (tmp_path / "pages" / "bridge.html").unlink()
    told = run("show", own, "--raw").stderr
    assert f"the same article was also at {tmp_path / 'pages' / 'copy.html'}" in told


@pytest.mark.parametrize("other", [["--json"], ["--query", "flood"]])
def test_raw_goes_with_nothing_else(ask: Run, other: list[str]) -> None:
    done = ask("show", "x", "--raw", *other)
    assert done.returncode == 2
    assert "--raw" in done.stderr


def test_changed_goes_with_raw_only(ask: Run) -> None:
    done = ask("show", "x", "--changed")
    assert done.returncode == 2
    assert "--raw" in done.stderr
