"""What `searcher search` writes for shells and spreadsheets, and its pages of hits."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
posix_only = pytest.mark.skipif(os.name == "nt", reason="names that only POSIX allows, and xargs")

# Names of files that a shell, a terminal or a quoting program would take for something else.
NAMES = [
    "plain.html",
    "two words.html",
    'it\'s "quoted".html',
    "star*[a]?.html",
    "back\\slash.html",
    "-rf.html",
    "$HOME `id`.html",
    "line\nbreak.html",
    "esc\x1b[31mred.html",
    "洪水 café.html",
    os.fsdecode(b"caf\xe9.html"),
]


@pytest.fixture(scope="module")
def odd_folder(
    tmp_path_factory: pytest.TempPathFactory,
    write_page: Callable[..., Path],
    run_in: Callable[..., CompletedProcess[str]],
) -> Path:
    """An archive of pages in files with odd names, each an article of its own."""
    folder = tmp_path_factory.mktemp("odd")
    for number, name in enumerate(NAMES):
        said = f"Topic {number} is {chr(ord('a') + number) * 9} of the flood, said number {number}."
        write_page(
            folder / "pages" / name, f"Flood {number}", (said, said[::-1]), url=f"u:{number}"
        )
    assert "11 articles" in run_in(folder, "index", "pages").stdout
    return folder


def raw(program: tuple[str, ...], folder: Path, environment: dict[str, str], *args: str) -> bytes:
    done = subprocess.run(
        [*program, *args], cwd=folder, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@posix_only
def test_locations_are_the_bytes_of_the_paths(
    program: tuple[str, ...], environment: dict[str, str], odd_folder: Path
) -> None:
    written = raw(program, odd_folder, environment, "search", "flood", "--locations", "-0")
    paths = {os.fsencode(odd_folder / "pages" / name) for name in NAMES}
    assert written.endswith(b"\0")
    assert set(written[:-1].split(b"\0")) == paths
    lines = raw(program, odd_folder, environment, "search", "flood", "--locations")
    assert lines.replace(b"\n", b"\0") == written.replace(b"\n", b"\0")


@posix_only
def test_locations_work_with_xargs(
    program: tuple[str, ...], environment: dict[str, str], odd_folder: Path
) -> None:
    listed = raw(program, odd_folder, environment, "search", "flood", "--locations", "--null")
    xargs = shutil.which("xargs")
    if xargs is None:
        pytest.skip("there is no xargs")
    done = subprocess.run(
        [xargs, "-0", "cat", "--"], input=listed, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"</html>") == len(NAMES)


@posix_only
def test_a_terminal_gets_no_escape_sequence_of_a_file_name(
    run_on_terminal: Callable[..., tuple[int, str]], odd_folder: Path
) -> None:
    status, shown = run_on_terminal(odd_folder, "search", "flood", "--locations")
    assert status == 0
    assert len(shown.splitlines()) == len(NAMES)
    assert "\x1b" not in shown
    assert "escred.html" in shown


@posix_only
def test_the_odd_pages_are_shown_raw(
    program: tuple[str, ...], environment: dict[str, str], odd_folder: Path
) -> None:
    ids = raw(program, odd_folder, environment, "search", "flood", "--ids").split()
    files = {file.read_bytes() for file in (odd_folder / "pages").iterdir()}
    shown = {raw(program, odd_folder, environment, "show", own.decode(), "--raw") for own in ids}
    assert shown == files


def test_ids_lead_to_the_articles(ask: Run) -> None:
    done = ask("search", "flood", "--ids", "--sort", "oldest")
    ids = done.stdout.split("\n")
    assert ids.pop() == ""
    titles = [json.loads(ask("show", own, "--json").stdout)["title"][:7] for own in ids]
    assert titles == ["Flood c", "Harwick"]
    assert ask("search", "flood", "--ids", "--sort", "oldest", "-0").stdout.split("\0")[:-1] == ids
    assert ask("search", "flood", "--ids", "--sort", "oldest", "-n1").stdout.split() == ids[:1]
    assert ask("search", "flood", "--ids", "--sort", "oldest", "--offset=1").stdout.split() == [
        ids[1]
    ]


def test_all_are_listed_where_hits_are_only_the_first_ten(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"title": f"Storm number {number}", "body": f"It was the storm {number}."})
        for number in range(30)
    ]
    (tmp_path / "storms.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("index", "storms.jsonl")
    counts = {("--ids",): 30, ("--locations",): 30, ("--json",): 10, ("--ids", "--page=3"): 10}
    for arguments, count in counts.items():
        assert len(run("search", "storm", *arguments).stdout.splitlines()) == count


@pytest.mark.parametrize("form", ["--ids", "--locations", "--csv"])
def test_what_is_listed_without_all_words_is_told_on_stderr(ask: Run, form: str) -> None:
    words = "flood zeppelin harbour unicorn bridge gryphon"
    assert ask("search", "flood", form).stderr == ""
    done = ask("search", words, form)
    assert "few or no articles have all these words" in done.stderr
    assert len(done.stdout.splitlines()) >= len(ask("search", "flood", form).stdout.splitlines())
    assert ask("search", words, form, "--all-words").returncode == 1


def test_nothing_found_lists_nothing(ask: Run) -> None:
    for form in ("--ids", "--locations"):
        done = ask("search", "zeppelin", form)
        assert (done.returncode, done.stdout) == (1, "")


def test_csv_has_the_hits_of_the_search(ask: Run) -> None:
    done = ask("search", "flood", "--csv", "-n1", "--offset", "1")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    (hit,) = [json.loads(ask("search", "flood", "--json", "-n1", "--offset", "1").stdout)]
    assert row["rank"] == "2"
    assert (row["id"], row["title"], row["score"]) == (hit["id"], hit["title"], str(hit["score"]))
    assert row["snippets"] == " | ".join(snippet["text"] for snippet in hit["snippets"])
    nothing = ask("search", "zeppelin", "--csv")
    assert (nothing.returncode, nothing.stdout.count("\n")) == (1, 1)


def test_pages_of_hits_follow_each_other(ask: Run) -> None:
    first = ask("search", "flood", "--json", "-n", "1", "--page", "1").stdout
    second = ask("search", "flood", "--json", "-n", "1", "--page", "2").stdout
    assert first + second == ask("search", "flood", "--json").stdout
    assert "(number 2 shown)" in ask("search", "flood", "-n1", "--page=2").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--json", "--csv"], "--csv"),
        (["--ids", "--locations"], "--ids"),
        (["-0"], "--null"),
        (["--null", "--json"], "--null"),
        (["--explain", "--csv"], "--explain"),
        (["--ids", "--explain"], "--explain"),
        (["--page", "0"], "--page"),
        (["--page", "2", "--offset", "10"], "--page"),
    ],
)
def test_what_does_not_go_together_is_an_error(ask: Run, arguments: list[str], told: str) -> None:
    done = ask("search", "flood", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
