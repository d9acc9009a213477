"""The keys of JSON are those that searcher/README.md promises."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from typer.main import get_command

from index.record import RECORD_KEYS
from searcher.commands import app

Run = Callable[..., CompletedProcess[str]]
README = (Path(__file__).parents[2] / "searcher" / "README.md").read_text("utf-8")
SECTION = README.partition("\n## JSON\n")[2].partition("\n## ")[0]
ROWS = [line.strip("|").split("|") for line in SECTION.splitlines() if line.startswith("| `")]
COMMANDS = {row[0].strip().strip("`"): row[2] for row in ROWS if len(row) == 3}
NESTED = {name: row[1] for row in ROWS if len(row) == 2 for name in re.findall(r"`(\w+)`", row[0])}


def keys(cell: str) -> list[str]:
    known = [*RECORD_KEYS] if "an article" in cell else []
    return known + re.findall(r"`(\w+)`", re.sub(r"\(.*?\)|;.*", "", cell))


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory,
    write_page: Callable[..., Path],
    write_pages: Callable[[Path], None],
    run_in: Callable[..., CompletedProcess[str]],
) -> Path:
    """An archive with something for every key: copies, a story of two, a rejected page."""
    folder = tmp_path_factory.mktemp("keys")
    write_pages(folder / "pages")
    story = [f"The river rose {number} metres near bridge {number}." for number in range(40)]
    for name in ("early", "late"):
        end = f"That was the {name} version, said Jane Roe and Tom Oldfield."
        write_page(folder / "pages" / f"{name}.html", f"Storm, {name}", (*story, end))
    assert run_in(folder, "index", "pages").returncode == 0
    write_pages(folder / "more")
    return folder


def test_every_command_with_json_is_promised() -> None:
    commands = get_command(app.app).commands  # type: ignore[attr-defined]
    with_json = {
        name
        for name, command in commands.items()
        if any("--json" in option.opts for option in command.params)
    }
    assert with_json == {line.split()[1] for line in COMMANDS if "--json" in line}


def inside(value: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the objects in a value, each with the key that it stands under."""
    if not isinstance(value, dict):
        return
    for name, own in value.items():
        for one in own if isinstance(own, list) else [own]:
            if isinstance(one, dict) and name not in {"pages", "paragraphs", "title", "filters"}:
                yield name, one
            yield from inside(one)


@pytest.fixture(scope="module")
def written(
    folder: Path, run_in: Callable[..., CompletedProcess[str]]
) -> dict[str, list[dict[str, object]]]:
    """What each command of the table writes."""
    first, second = run_in(folder, "search", "storm", "--ids", "--copies").stdout.split()
    words = {"QUERY": "bridge", "ID": first, "ID2": second, "PATH": "more"}
    kept = {"XDG_DATA_HOME": str(folder / "kept"), "APPDATA": str(folder / "kept")}
    run_in(folder, "search", "storm", "--save", "storms", **kept)
    found = {}
    for command in COMMANDS:
        arguments = [words.get(word, word) for word in command.split()[1:]]
        done = run_in(folder, *arguments, **kept)
        found[command] = [json.loads(line) for line in done.stdout.splitlines()]
    meant = run_in(folder, "search", "brigde", "--json").stderr.splitlines()[-1]
    return found | {"suggestions": [json.loads(meant)]}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_writes_the_keys_it_promises(
    written: dict[str, list[dict[str, object]]], command: str
) -> None:
    assert written[command]
    for value in written[command]:
        assert sorted(value) == sorted(keys(COMMANDS[command]))


def test_so_do_the_objects_inside(written: dict[str, list[dict[str, object]]]) -> None:
    found = {
        (name, *one)
        for values in written.values()
        for value in values
        for name, one in inside(value)
    }
    assert found == {(name, *keys(cell)) for name, cell in NESTED.items()}
