"""More than a screen goes to a pager, on a terminal and nowhere else."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
OnTerminal = Callable[..., tuple[int, str]]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")

# Pagers that say that they were there: one shows all, one is left at once.
ALL = "import sys; print('PAGED'); sys.stdout.write(sys.stdin.read())"
LEFT = "print('PAGED')"


def pager(code: str) -> str:
    return shlex.join([sys.executable, "-c", code])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, run_in: Run) -> Path:
    """An archive with an article longer than a screen."""
    folder = tmp_path_factory.mktemp("long")
    lines = "\\n\\n".join(f"Paragraph {number} of the long storm." for number in range(200))
    record = f'{{"id": "a1", "title": "A long storm", "body": "{lines}", "source": "Herald"}}'
    (folder / "long.jsonl").write_text(record, encoding="utf-8")
    assert run_in(folder, "index", "long.jsonl").returncode == 0
    return folder


def test_more_than_a_screen_goes_to_the_pager_in_colour(
    run_on_terminal: OnTerminal, folder: Path
) -> None:
    status, shown = run_on_terminal(folder, "show", "a1", "--query=long", PAGER=pager(ALL))
    assert status == 0
    assert shown.startswith("PAGED\r\n")
    assert "\x1b[1;31mlong\x1b[0m" in shown
    assert "Paragraph 199" in shown


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["search", "storm"], {}),
        (["show", "a1", "--no-pager"], {}),
        (["search", "storm", "--json"], {}),
        (["show", "a1"], {"SEARCHER_PAGER": ""}),
        (["show", "a1"], {"SEARCHER_PAGER": "cat"}),
        (["show", "a1"], {"TERM": "dumb"}),
    ],
)
def test_all_else_is_written_to_the_terminal(
    run_on_terminal: OnTerminal, folder: Path, arguments: list[str], variables: dict[str, str]
) -> None:
    status, shown = run_on_terminal(folder, *arguments, **({"PAGER": pager(ALL)} | variables))
    assert status == 0
    assert "PAGED" not in shown
    assert "storm" in shown


def test_the_pager_of_this_program_comes_first(run_on_terminal: OnTerminal, folder: Path) -> None:
    own = {"SEARCHER_PAGER": pager(ALL), "PAGER": pager("print('OTHER')")}
    _, shown = run_on_terminal(folder, "show", "a1", **own)
    assert shown.startswith("PAGED")
    assert "OTHER" not in shown


@pytest.mark.parametrize("arguments", [["show", "a1"], ["show", "a1", "--raw"]])
def test_a_pager_that_is_left_early_is_success(
    run_on_terminal: OnTerminal, folder: Path, arguments: list[str]
) -> None:
    status, shown = run_on_terminal(folder, *arguments, PAGER=pager(LEFT))
    assert status == 0
    assert "Traceback" not in shown
    assert "Broken" not in shown


def test_without_the_pager_all_is_shown_and_it_is_said(
    run_on_terminal: OnTerminal, folder: Path
) -> None:
    status, shown = run_on_terminal(folder, "show", "a1", PAGER="no-such-pager -x")
    assert status == 0
    assert "the pager 'no-such-pager' cannot be started" in shown
    assert "Paragraph 199" in shown


def test_in_a_pipe_there_is_no_pager(run_in: Run, folder: Path) -> None:
    done = run_in(folder, "show", "a1", PAGER=pager(ALL))
    assert done.returncode == 0
    assert done.stdout.startswith("A long storm")
