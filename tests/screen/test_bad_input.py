"""No input makes a traceback: each gets a clear message and the right exit status.

`run` fails a test on every traceback.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
GOOD_RECORD = {"title": "Bridge", "body": "The river rose."}


def nested(depth: int) -> bytes:
    return b"<html><body>" + b"<div>" * depth + b"deep" + b"</div>" * depth


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("binary.html", bytes(range(256)) * 40, "not text but binary data"),
        ("empty.html", b"", "empty"),
        ("broken.html.gz", gzip.compress(b"<p>text</p>" * 500)[:40], "broken gzip file"),
        ("no-gzip.html.gz", b"<p>no gzip</p>", "no article text found"),
        ("nul.txt", b"\0" * 5000, "nothing but blanks"),
        ("deep.html", nested(90_000), "no article text found"),
        ("large.html", b"<p>" + b"word " * 500_000, "too large"),
        ("bomb.html.gz", gzip.compress(b"<p>" + b"word " * 500_000), "too large"),
        ("record.jsonl", b'["not", "an", "article"]\n', "not a JSON object"),
        ("surrogate.jsonl", b'{"title": "\\ud800", "body": 7}\n', "'body'"),
        ("cut.jsonl", b'{"title": "Cut', "not JSON"),
    ],
)
def test_a_bad_page_is_rejected_and_the_build_goes_on(
    run: Run,
    tmp_path: Path,
    name: str,
    content: bytes,
    reason: str,
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "good.jsonl").write_text(json.dumps(GOOD_RECORD), encoding="utf-8")
    (tmp_path / "pages" / name).write_bytes(content)
    done = run("index", "-v", "--max-page-mb", "1", "pages")
    assert done.returncode == 0
    assert "2 pages read = 1 article + 0 duplicates + 1 rejected" in done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith(str(tmp_path / "pages" / name))
    assert reason in line


def test_a_bad_line_of_records_is_named_by_its_number(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps(GOOD_RECORD), "no json", json.dumps(GOOD_RECORD | {"title": "Other"})]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("index", "-v", "articles.jsonl")
    assert done.returncode == 0
    assert "articles.jsonl:2" in done.stderr


def test_lone_surrogates_and_escape_codes_of_a_record_are_harmless(
    run: Run, tmp_path: Path
) -> None:
    record = {
        "id": "a1",
        "title": "Storm \ud800 \x1b[31mred\x1b]0;owned\x07",
        "body": "A \u202estorm\u202c\x9b2J came.",
        "source": "Out\x1b[2Jlet",
    }
    (tmp_path / "articles.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert run("index", "articles.jsonl").returncode == 0
    for arguments in (["search", "storm"], ["show", "a1"], ["stats"]):
        done = run(*arguments)
        assert done.returncode == 0
        assert done.stdout.replace("\n", "").isprintable()
        assert "31m" not in done.stdout


@pytest.mark.parametrize(
    "query",
    [
        "word " * 10_000,
        "*",
        "(" * 1_000 + "flood" + ")" * 1_000,
        "flood~9",
        "f~",
        'date:"past 999999999 years"',
        "\x1b[31mflood NEAR/\x07 (",
        "/(a|a)*b/",
    ],
)
def test_a_hostile_query_is_one_clear_message(ask: Run, query: str) -> None:
    done = ask("search", "--", query)
    assert (done.returncode, done.stdout) == (2, "")
    message, shown, caret = done.stderr.splitlines()
    assert message.startswith("searcher: ")
    assert (message + shown + caret).isprintable()
    assert caret.strip() == "^"


@pytest.mark.parametrize("query", ["a*b*c*d*", "?lo*d OR *rid*", "brigdes~2", "flood " * 500])
def test_a_query_that_costs_much_is_answered(ask: Run, query: str) -> None:
    done = ask("search", "--", query)
    assert done.returncode in {0, 1}
    assert "searcher:" not in done.stderr


@pytest.mark.parametrize("command", ["index", "parse"])
def test_a_path_that_does_not_exist(run: Run, command: str) -> None:
    done = run(command, "nowhere")
    assert done.returncode == 2
    assert done.stderr == "searcher: there is no file or folder nowhere\n"


@pytest.mark.skipif(
    os.name == "nt" or os.getuid() == 0, reason="the administrator may read everything"
)
def test_a_folder_without_permission(run: Run, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    done = run("index", "closed")
    assert done.returncode == 2
    assert "closed" in done.stderr


def test_a_folder_that_holds_something_else(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Dear Jane", encoding="utf-8")
    for arguments in (["index", "other"], ["search", "jane"], ["stats"], ["check"]):
        done = run(*arguments, "--archive", "other")
        assert done.returncode == 2
        assert done.stderr.startswith("searcher: other ")
        assert done.stderr.count("\n") == 1


def test_an_archive_that_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    for arguments in (["index", "pages"], ["search", "x"]):
        done = run(*arguments, "--archive", "file")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1


def test_an_archive_of_a_newer_version(
    run: Run, tmp_path: Path, write_pages: Callable[[Path], None]
) -> None:
    write_pages(tmp_path / "pages")
    run("index", "pages")
    marker = tmp_path / "archive.idx" / "archive.json"
    newer = json.loads(marker.read_bytes()) | {"format": 999}
    marker.write_text(json.dumps(newer), encoding="utf-8")
    for arguments in (["index", "pages"], ["search", "flood"], ["stats"], ["check"]):
        done = run(*arguments)
        assert done.returncode == 2
        assert "upgrade" in done.stderr


@pytest.mark.parametrize(
    "query",
    [
        "x" * 10_000,
        "word " * 2_000,
        "(" * 10_000,
        '"',
        "*",
        "-",
        "flood\nharbour\x1b[31m",
        "\U0001f30a 洪水 OR",
        os.fsdecode(b"\xff\xfe"),
    ],
)
def test_any_query_is_answered_or_refused_in_plain_words(ask: Run, query: str) -> None:
    done = ask("search", query)
    assert done.returncode in {0, 1, 2}
    assert "\x1b" not in done.stderr
    if done.returncode == 2:
        assert done.stderr.startswith("searcher: ")
        assert "defect" not in done.stderr
