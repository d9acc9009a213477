"""Where what is made for other programs goes: to stdout as it is, or whole into a file.

Strategy: a file is written beside its place under another name, and renamed when all is in
it; whoever looks at its place sees the old file, or none, or the whole new one. A terminal
gets the text without what it would obey; a pipe or file gets every byte.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.terminal import printable
from searcher.errors import SearchError

__all__ = ["Write", "out_to", "to_stdout"]

Write = Callable[[str], object]


def to_stdout() -> Write:
    """Return what writes texts to stdout: UTF-8, with line ends as they are."""
    if sys.stdout.isatty():
        return lambda text: sys.stdout.write(_for_terminal(text))
    sys.stdout.flush()
    raw = sys.stdout.buffer
    return lambda text: raw.write(text.encode("utf-8", "replace"))


def _for_terminal(text: str) -> str:
    return "\n".join(map(printable, text.replace("\r\n", "\n").split("\n")))


@contextmanager
def out_to(file: Path | None, *, force: bool) -> Iterator[Write]:
    """Give what writes texts to a file that is whole or not there, or to stdout.

    Args:
        file: The file; None: stdout.
        force: Whether a file that is there is replaced.

    Raises:
        SearchError: There is a file already, and it is not to be replaced.
        OSError: It cannot be written.
    """
    if file is None:
        yield to_stdout()
        return
    if file.exists() and not file.is_file() and not file.is_dir():  # as /dev/stdout is
        with file.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream.write
        return
    if file.exists() and not force:
        raise SearchError(f"{file} exists; --force replaces it")
    place = Path(os.path.realpath(file))  # a link stays one
    waiting = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with waiting.open("x", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream.write
        waiting.replace(place)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from error
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
