"""The command `searcher check`: is an archive whole?"""

from __future__ import annotations

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import FAILED, printable, write_json

__all__ = ["check"]


def check(*, archive: ArchiveOption = ARCHIVE, as_json: JsonOption = False) -> None:
    """Verify that an archive is whole."""
    with searcher.open(archive) as opened:
        problems = opened.check()
    if as_json:
        write_json({"archive": str(archive), "sound": not problems, "problems": list(problems)})
    else:
        for line in problems or (f"{archive} is sound",):
            typer.echo(printable(line))
    if problems:
        raise typer.Exit(FAILED)
