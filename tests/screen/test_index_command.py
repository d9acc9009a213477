"""What `searcher index` and `searcher parse` say and leave behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from index.build import BuildReport
from index.record import RECORD_KEYS
from index.screen import report_lines, state_of_archive

Run = Callable[..., CompletedProcess[str]]
WritePages = Callable[[Path], None]
posix_only = pytest.mark.skipif(os.name == "nt", reason="there a current folder cannot be deleted")


def first_line(done: CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[0]


def test_a_build_is_told_what_becomes_of_duplicates(
    run: Run, write_page: Callable[..., Path], tmp_path: Path
) -> None:
    for name, source in (("a", "Herald"), ("b", "Echo"), ("c", "Echo")):
        write_page(tmp_path / "pages" / f"{name}.html", source=source)
    for policy, counts, copies in (
        ("group", "2 articles + 1 duplicate ", "+2 copies: Echo"),  # of Echo's there are two pages
        ("skip-exact", "1 article + 2 duplicates ", "+2 copies: Echo"),
        ("keep", "3 articles + 0 duplicates ", "+2 copies: Echo"),
    ):
        done = run("index", "pages", "--duplicates", policy, "--archive", f"{policy}.idx")
        assert counts in done.stdout
        assert copies in run("search", "bridge", "--archive", f"{policy}.idx").stdout
    assert run("index", "pages", "--duplicates", "drop").returncode == 2


def test_the_report_adds_up_and_says_where_the_rest_is(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    done = run("index", "pages")
    assert done.returncode == 0
    assert first_line(done) == "5 pages read = 3 articles + 1 duplicate + 1 rejected + 0 unchanged"
    assert done.stdout.splitlines()[1].startswith("archive archive.idx, ")
    assert done.stderr == "why pages were rejected: searcher stats --rejected\n"
    again = run("index", "pages")
    assert (
        first_line(again) == "5 pages read = 0 articles + 0 duplicates + 0 rejected + 5 unchanged"
    )
    assert again.stderr == ""


def test_verbose_lists_rejected_pages_and_quiet_says_nothing(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    verbose = run("index", "-v", "pages", "--archive", "a")
    assert verbose.stderr == f"{tmp_path / 'pages' / 'empty.html'}: empty file\n"
    quiet = run("index", "-q", "-v", "pages", "--archive", "b")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_the_hint_names_the_archive_in_use(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    done = run("index", "pages", SEARCHER_ARCHIVE="my archive")
    assert done.stderr.endswith("searcher stats --rejected --archive 'my archive'\n")
    assert run("stats", "--archive", "my archive").returncode == 0


def test_json_report(run: Run, tmp_path: Path, write_pages: WritePages) -> None:
    write_pages(tmp_path / "pages")
    done = run("index", "pages", "--json")
    report = json.loads(done.stdout)
    assert done.stderr == ""
    assert report.pop("seconds") > 0
    assert report == {
        "archive": "archive.idx",
        "read": 5,
        "articles": 3,
        "duplicates": 1,
        "rejected": 1,
        "unchanged": 0,
        "pruned": 0,
        "interrupted": False,
        "committed": 5,
        "rejected_pages": [
            {"location": str(tmp_path / "pages" / "empty.html"), "reason": "empty file"}
        ],
    }


def test_a_page_that_is_gone_stays_unless_pruned(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    run("index", "pages")
    (tmp_path / "pages" / "school.html").unlink()
    run("index", "pages")
    assert run("search", "school").returncode == 0
    done = run("index", "pages", "--prune")
    assert "1 page taken out, since they are gone" in done.stdout
    assert run("search", "school").returncode == 1


def test_reparse_reads_unchanged_pages_again(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    run("index", "pages")
    assert "+ 0 unchanged" in run("index", "pages", "--reparse").stdout


def test_nothing_to_read_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    done = run("index", "pages")
    assert done.returncode == 1
    assert "no page was found there" in done.stderr


def test_pages_of_a_folder_that_is_empty_now_are_kept_and_that_is_told(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    run("index", "pages")
    for path in (tmp_path / "pages").iterdir():
        path.unlink()
    done = run("index", "pages", "--prune")
    assert done.returncode == 1
    assert "--prune took nothing out: its disk may not be mounted" in done.stderr
    assert "Articles   3" in run("stats").stdout


@posix_only
@pytest.mark.parametrize("command", ["index", "parse"])
def test_a_current_folder_that_was_deleted_is_told(
    program: tuple[str, ...], environment: dict[str, str], tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    done = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *program, command, "."],  # noqa: S607
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "searcher: the current folder was deleted; go to another one\n"


def test_parse_writes_articles_and_tells_of_the_rest(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    done = run("parse", "pages/bridge.html", "pages/empty.html")
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    article = json.loads(line)
    assert tuple(article) == RECORD_KEYS
    assert article["title"] == "Flood closes the bridge of Northmoor"
    assert done.stderr == f"{tmp_path / 'pages' / 'empty.html'}: empty file\n"
    assert not (tmp_path / "archive.idx").exists()


def test_what_parse_writes_can_be_indexed(
    run: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    (tmp_path / "articles.jsonl").write_text(run("parse", "pages").stdout, encoding="utf-8")
    assert "3 articles + 1 duplicate" in run("index", "articles.jsonl").stdout


def test_parse_without_an_article_found_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    done = run("parse", "empty.html")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_leaves_the_archive_as_it_was(
    program: tuple[str, ...],
    environment: dict[str, str],
    tmp_path: Path,
    run: Run,
    write_page: Callable[..., Path],
) -> None:
    pages = tmp_path / "pages"
    write_page(pages / "0.html", paragraphs=())
    for number in range(1, 400):
        paragraphs = tuple(f"The {number}th flood rose for {day} days." for day in range(200))
        write_page(pages / f"{number}.html", f"Flood number {number}", paragraphs)
    build = subprocess.Popen(
        [*program, "index", "-v", "pages"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with build:
        assert build.stderr is not None
        assert "0.html" in build.stderr.readline()
        build.send_signal(signal.SIGINT)
        message = build.stderr.read()
    assert build.returncode == 130
    assert re.fullmatch(
        r"searcher: interrupted after \d+ pages?; the archive is as it was\n", message
    )
    assert json.loads(run("stats", "--json").stdout)["articles"] == 0
    assert run("check").returncode == 0


def test_ctrl_c_before_the_first_page(
    run_changed: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    change = (
        "import index.sources\n"
        "def interrupt(*arguments): raise KeyboardInterrupt\n"
        "index.sources.FolderSource = interrupt"
    )
    done = run_changed(change, "index", "pages")
    assert done.returncode == 130
    assert done.stderr == "searcher: interrupted; the archive is as it was\n"


def test_a_full_disk_is_told_and_changes_nothing(
    run: Run, run_changed: Run, tmp_path: Path, write_pages: WritePages
) -> None:
    write_pages(tmp_path / "pages")
    change = (
        "import errno\n"
        "from index.codec.array_writer import ArrayFileWriter\n"
        "def fail(*arguments): raise OSError(errno.ENOSPC, 'No space left on device', 'x')\n"
        "ArrayFileWriter.close = fail"
    )
    done = run_changed(change, "index", "pages")
    assert done.returncode == 2
    assert done.stderr.startswith("searcher: ")
    assert "No space left on device" in done.stderr
    assert done.stderr.endswith("; the archive is as it was\n")
    assert done.stderr.count("\n") == 1
    assert run("check").returncode == 0
    assert "3 articles" in run("index", "pages").stdout


@pytest.mark.parametrize(
    ("committed", "told"),
    [
        (0, "the archive is as it was"),
        (1, "1 page of this build is in the archive"),
        (1200, "1,200 pages of this build are in the archive"),
    ],
)
def test_what_is_left_of_a_build(committed: int, told: str) -> None:
    assert state_of_archive(BuildReport(committed=committed)).split(";")[0] == told


def test_speed_of_a_build_that_took_no_time() -> None:
    assert "0 pages/s" in list(report_lines(BuildReport(), "archive.idx", 0.0))[-1]
