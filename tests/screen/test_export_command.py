"""What `searcher export` writes and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
FORMS = {
    "jsonl": ".jsonl",
    "csv": ".csv",
    "ris": ".ris",
    "bibtex": ".bib",
    "markdown": ".md",
    "html": ".html",
}
posix_only = pytest.mark.skipif(os.name == "nt", reason="needs links, pipes and modes of POSIX")


def records(done: CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def here(run: Run, archive_folder: Path) -> Callable[..., CompletedProcess[str]]:
    """Run the program in the temporary folder of a test, with the archive that all share."""

    def run_here(*arguments: str, **variables: str) -> CompletedProcess[str]:
        known = {"SEARCHER_ARCHIVE": str(archive_folder / "archive.idx")}
        return run(*arguments, **(known | variables))

    return run_here


def test_an_export_indexed_again_gives_the_same_articles(
    run: Run, tmp_path: Path, sample_corpus: Path
) -> None:
    run("index", str(sample_corpus), "--archive", "first.idx")
    done = run("export", "--archive", "first.idx", "-o", "all.jsonl")
    assert (done.returncode, done.stdout) == (0, "68 articles written to all.jsonl\n")
    report = run("index", "all.jsonl", "--archive", "second.idx").stdout
    assert report.startswith("68 pages read = 68 articles + 0 duplicates + 0 rejected")
    first = {record["id"]: record for record in records(run("export", "--archive", "first.idx"))}
    second = {record["id"]: record for record in records(run("export", "--archive", "second.idx"))}
    assert first.keys() == second.keys()
    for own, record in first.items():
        assert second[own] | {"location": record["location"]} == record
        assert second[own]["location"] == f"{tmp_path / 'all.jsonl'}#{own}"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_says_by_its_name_what_form_it_has(here: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"flood{FORMS[form]}"
    assert here("export", "flood", "-o", file.name).returncode == 0
    # As UTF-8, with its own line ends, wherever it goes.
    streamed = here("export", "flood", "--format", form, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert streamed.stdout == file.read_bytes().decode("utf-8").replace("\r\n", "\n")
    assert "https://northmoor-herald.example/bridge" in streamed.stdout


def test_an_export_is_not_a_page_of_hits_but_all_that_match(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"title": f"Storm number {number}", "body": f"It was the storm {number}."})
        for number in range(30)
    ]
    (tmp_path / "storms.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("index", "storms.jsonl")
    assert len(records(run("export", "storm"))) == 30
    assert len(records(run("export", "storm", "-n", "7"))) == 7
    assert len(records(run("export"))) == 30


def test_filters_and_order_are_those_of_a_search(here: Run) -> None:
    found = records(here("export", "flood", "--source", "harwick"))
    assert [record["source"] for record in found] == ["Harwick Courier"]
    assert [record["source"] for record in records(here("export", "--language", "ja"))] == [
        "港新聞"
    ]
    days = [str(record["published"])[:10] for record in records(here("export", "--sort", "oldest"))]
    assert days == sorted(days)
    without = records(here("export", "flood", "-harwick"))
    assert [record["source"] for record in without] == ["Northmoor Herald"]


def test_of_a_story_a_query_gives_one_article_and_no_query_all(run: Run, tmp_path: Path) -> None:
    text = " ".join(f"The river rose {number} metres near bridge {number}." for number in range(40))
    for number in range(2):
        record = {"title": f"Version {number} of the storm", "body": f"{text} And {number}."}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    run("index", "0.jsonl", "1.jsonl")
    counts = {
        (): 2,
        ("--no-copies",): 1,
        ("river",): 1,
        ("river", "--copies"): 2,
    }
    for arguments, count in counts.items():
        assert len(records(run("export", *arguments))) == count
    assert "2 articles in 1 story" in run("export", "river", "-f", "markdown").stdout


def test_a_report_says_what_was_looked_for(here: Run) -> None:
    report = here("export", "flood", "--since", "2025-07", "-f", "markdown").stdout
    assert report.startswith("# News articles\n\n- Query: flood\n- Since: 2025-07\n- Found: 1 art")
    assert "> When the **flood**" not in report
    assert "The roof had leaked in the **flood** of last winter" in report
    full = here("export", "flood", "--since", "2025-07", "-f", "html", "--full").stdout
    assert "Four hundred children have a place" in full


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(here: Run, tmp_path: Path) -> None:
    file = tmp_path / "flood.csv"
    file.write_text("mine", encoding="utf-8")
    done = here("export", "flood", "-o", "flood.csv")
    assert (done.returncode, done.stderr) == (
        2,
        "searcher: flood.csv exists; --force replaces it\n",
    )
    assert file.read_text(encoding="utf-8") == "mine"
    assert here("export", "flood", "-o", "flood.csv", "--force").returncode == 0
    table = [*csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))]
    assert [row["rank"] for row in table] == ["1", "2"]


def test_an_export_that_fails_leaves_the_old_file_and_no_other(
    run_changed: Run, archive_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("old", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    change = (
        "from searcher.engines.whoosh.engine import WhooshEngine\n"
        "article = WhooshEngine.article\n"
        "calls = []\n"
        "def fail(engine, document):\n"
        "    calls.append(document)\n"
        "    if len(calls) == 3: raise OSError(5, 'Input/output error')\n"
        "    return article(engine, document)\n"
        "WhooshEngine.article = fail\n"
    )
    archive = str(archive_folder / "archive.idx")
    done = run_changed(change, "export", "-o", "all.jsonl", "--force", "--archive", archive)
    assert done.returncode == 2
    assert done.stderr == "searcher: Input/output error: all.jsonl\n"
    assert file.read_text(encoding="utf-8") == "old"
    assert sorted(tmp_path.iterdir()) == before


@posix_only
def test_what_a_link_leads_to_is_replaced_and_a_pipe_is_written_to(
    here: Run, tmp_path: Path
) -> None:
    (tmp_path / "place.ris").write_text("old", encoding="utf-8")
    (tmp_path / "link.ris").symlink_to("place.ris")
    here("export", "flood", "-o", "link.ris", "--force")
    assert (tmp_path / "link.ris").is_symlink()
    assert (tmp_path / "place.ris").read_text(encoding="utf-8").startswith("TY  - NEWS")
    assert (tmp_path / "place.ris").stat().st_mode & 0o777 == 0o666 & ~_umask()
    done = here("export", "flood", "-f", "ris", "-o", "/dev/stdout")
    assert done.stdout.startswith("TY  - NEWS")
    assert Path("/dev/stdout").exists()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "flood.txt"], "--format"),
        (["-f", "pdf"], "bibtex"),
        (["-o", "nowhere/flood.csv"], "nowhere/flood.csv"),
        (["-n", "-1"], "--limit"),
        (["(", "-o", "new.csv"], "write one behind"),
    ],
)
def test_what_cannot_be_exported_is_said(
    here: Run, tmp_path: Path, arguments: list[str], told: str
) -> None:
    done = here("export", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_nothing_found_makes_an_empty_export_and_says_so(here: Run, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("of yesterday", encoding="utf-8")
    done = here("export", "zeppelin", "-o", "out.csv", "--force")
    assert (done.returncode, done.stderr) == (1, "searcher: no article matches\n")
    (header,) = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("rank,id,")
    done = here("export", "zeppelin")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize("form", FORMS)
def test_a_closed_pipe_is_success(
    program: tuple[str, ...], environment: dict[str, str], archive_folder: Path, form: str
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*program, "export", "-f", form],
        cwd=archive_folder,
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
