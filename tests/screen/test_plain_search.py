"""A plain search, which is read by itself, is what the commands would read too."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from index.terminal import Colour
from searcher import Filters, Sort
from searcher.commands import app, search
from searcher.commands.typed import SearchArguments, plain_search

Understood = Callable[[list[str], dict[str, str]], SearchArguments | None]

TEXTS = ["flood", "-draft", "-n", "2025-06", "", "a b", "=", "x=1", "-", "--", "東京"]
NUMBERS = ["0", "5", "-1", "٣", "+5", " 7", " -1", "1_0", "5.0", "many", ""]
OPTIONS = {
    "--since": TEXTS,
    "--until": TEXTS,
    "--source": TEXTS,
    "--person": TEXTS,
    "--sort": ["newest", "relevance", "Newest", "best", ""],
    "--limit": NUMBERS,
    "-n": NUMBERS,
    "--offset": NUMBERS,
    "--page": NUMBERS,
    "--archive": ["a.idx", "a b", " ", "", "https://herald.example/"],
    "--color": ["always", "never", "auto", "red"],
}
FLAGS = [
    "--csv",
    "--ids",
    "--locations",
    "--null",
    "-0",
    "--no-pager",
    "--json",
    "--help",
    "-h",
    "--sorce",
    "--json=1",
    "-n5",
    "-n=5",
    "-nuclear",
    "-5",
]


@st.composite
def typed(draw: st.DrawFn) -> list[str]:
    """Draw what could stand behind `searcher search`."""
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        option = draw(st.sampled_from([*OPTIONS, *FLAGS, *TEXTS]))
        values = OPTIONS.get(option)
        if values is None:
            parts.append(option)
            continue
        value = draw(st.sampled_from(values))
        parts.extend(draw(st.sampled_from([[option, value], [f"{option}={value}"], [option]])))
    return parts


@pytest.fixture(scope="module")
def understood_by_commands() -> Understood:
    """Return a function that tells what the commands read, None where they complain or help."""
    command = get_command(app.app)

    def understood(arguments: list[str], environ: dict[str, str]) -> SearchArguments | None:
        told: list[SearchArguments] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("SEARCHER_ARCHIVE", raising=False)
            for name, value in environ.items():
                patch.setenv(name, value)
            patch.setattr(search, "run_search", told.append)
            with contextlib.suppress(SystemExit):
                command.main(["search", *arguments], prog_name="searcher")
        return told[0] if told else None

    return understood


@given(arguments=typed(), archive=st.sampled_from([None, "", " ", "other.idx", "file://x"]))
def test_a_plain_search_is_read_as_the_commands_read_it(
    understood_by_commands: Understood, arguments: list[str], archive: str | None
) -> None:
    environ = {} if archive is None else {"SEARCHER_ARCHIVE": archive}
    read = plain_search(["search", *arguments], environ)
    assert read in (None, understood_by_commands(arguments, environ))


def test_a_search_with_every_option_is_plain() -> None:
    line = (
        "search --since 2025 --until=2026 --source herald --person Roe --author Vance "
        "--section world --language en --sort newest -n5 "
        "--offset 3 --copies --archive a.idx --color never --json flood -draft"
    )
    assert plain_search(line.split(), {}) == SearchArguments(
        ("flood", "-draft"),
        filters=Filters(
            since="2025",
            until="2026",
            source="herald",
            person="Roe",
            author="Vance",
            section="world",
            language="en",
        ),
        sort=Sort.NEWEST,
        limit=5,
        offset=3,
        copies=True,
        archive=Path("a.idx"),
        color=Colour.NEVER,
        as_json=True,
    )


@pytest.mark.parametrize(
    "line", ["", "stats", "search", "search x --help", "search -h x", "--version search x"]
)
def test_all_else_is_for_the_commands(line: str) -> None:
    assert plain_search(line.split(), {}) is None
