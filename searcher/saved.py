"""Saved searches, and which articles each of them has told already.

Strategy: a saved search belongs to who saved it, not to the archive: archives are shared, copied
and built anew. It is a file in a folder of the user's, and beside it stands a log: a line for
each time that it told of articles, with their ids. What is new is what matches and is in no
line. So it does not matter how or when an article came into the archive, nor how segments are
merged; ids stay when an archive is built again.

Rule 1: Articles are logged after they were shown. Who is killed in between hears of them again.
Rule 2: A line that was cut short, or damaged, counts for nothing, for the same reason.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from searcher.errors import SearchError
from searcher.model import Filters, Sort

__all__ = ["SavedSearch", "SavedSearches", "Telling", "data_folder", "kept_searches"]

PROGRAM = "news-archive-search"
NAME = re.compile(r"\w[\w.-]{0,63}")
SEARCH, LOG, LOCK = ".json", ".told.jsonl", ".lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search to be run again.

    Attributes:
        name: Letters, digits, `_`, `-` and `.`, 64 at most.
        query: What to look for.
        archive: Where, as an absolute path.
        filters: What narrows it.
        sort: The order of its hits.
        copies: Whether every article of a story is a hit.
    """

    name: str
    query: str
    archive: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    copies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Some articles that a saved search told of at once: when, and their ids."""

    when: datetime
    ids: tuple[str, ...]


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for what a user keeps.

    Source:
        The XDG Base Directory Specification, https://specifications.freedesktop.org/basedir-spec.

    Raises:
        SearchError: The user has no home.
    """
    named = environ.get("APPDATA" if os.name == "nt" else "XDG_DATA_HOME", "")
    if Path(named).is_absolute():  # others are to be ignored, says the specification
        return Path(named) / PROGRAM
    try:
        return Path.home() / ".local" / "share" / PROGRAM
    except RuntimeError as error:
        raise SearchError("there is no home to keep searches in; set XDG_DATA_HOME") from error


class SavedSearches:
    """The saved searches of a user.

    Args:
        folder: Where they are; it is made when the first is saved.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, search: SavedSearch, told: Iterable[str]) -> None:
        """Save a search; the articles that it finds now are known.

        Raises:
            SearchError: There is one of that name, or it is no name.
            OSError: It cannot be written.
        """
        path = self._path(search.name, SEARCH)
        if path.exists():
            raise SearchError(
                f"there is a saved search {search.name!r} already; "
                f"remove it with: searcher saved --remove {search.name}"
            )
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path(search.name, LOG).unlink(missing_ok=True)  # of a save that was not finished
        self.tell(search.name, told)
        _write(path, json.dumps(asdict(search), ensure_ascii=False, indent=1) + "\n")

    def get(self, name: str) -> SavedSearch:
        """Return a saved search.

        Raises:
            SearchError: There is none of that name, or it cannot be understood.
        """
        path = self._path(name, SEARCH)
        try:
            return _search_from(json.loads(path.read_bytes()))
        except FileNotFoundError:
            known = ", ".join(self.names()) or "none"
            raise SearchError(f"there is no saved search {name!r}; there are: {known}") from None
        except (ValueError, TypeError, KeyError) as error:
            raise SearchError(
                f"the saved search {path} is damaged; "
                f"remove it with: searcher saved --remove {name}, and save it again"
            ) from error

    def names(self) -> tuple[str, ...]:
        """Return the names of all of them, in order."""
        found = self._folder.glob(f"*{SEARCH}") if self._folder.is_dir() else ()
        return tuple(sorted(path.name.removesuffix(SEARCH) for path in found))

    def remove(self, name: str) -> None:
        """Remove a saved search, and what it told.

        Raises:
            SearchError: There is none of that name.
            OSError: It cannot be removed.
        """
        path = self._path(name, SEARCH)
        if not path.exists():
            self.get(name)
        for end in (SEARCH, LOG, LOCK):
            self._path(name, end).unlink(missing_ok=True)

    def tellings(self, name: str) -> Iterator[Telling]:
        """Yield what a search told, in order."""
        try:
            lines = self._path(name, LOG).read_bytes().splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                told = json.loads(line)
                yield Telling(
                    when=datetime.fromisoformat(told["when"]).astimezone(UTC),
                    ids=tuple(map(str, told["ids"])),
                )
            except (ValueError, TypeError, KeyError):
                continue

    def tell(self, name: str, ids: Iterable[str]) -> None:
        """Log that a search told of articles; it is on the disk when this returns.

        Raises:
            OSError: It cannot be written.
        """
        told = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "ids": [*ids]}
        with self._path(name, LOG).open("ab") as file:
            # A line that was cut short is ended, so that this one does not hang on to it.
            file.write(b"\n" + json.dumps(told).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Keep other runs from telling the same meanwhile.

        Raises:
            SearchError: Another run is under way.
        """
        from whoosh.util.filelock import FileLock

        lock = FileLock(str(self._path(name, LOCK)))
        if not lock.acquire(blocking=False):
            raise SearchError(f"another run of the saved search {name!r} is under way")
        try:
            yield
        finally:
            lock.release()

    def _path(self, name: str, end: str) -> Path:
        if not NAME.fullmatch(name):
            raise SearchError(
                f"{name!r} cannot be the name of a saved search; use letters, digits, - and _"
            )
        return self._folder / (name + end)


def kept_searches() -> SavedSearches:
    """Return the saved searches of whoever runs this.

    Raises:
        SearchError: The user has no home.
    """
    return SavedSearches(data_folder() / "searches")


def _search_from(value: Any) -> SavedSearch:
    """Return the search that a JSON value stands for.

    Raises:
        ValueError, TypeError, KeyError: It stands for none.
    """
    filters = dict(value["filters"])
    texts = [value["name"], value["query"], value["archive"], *filters.values()]
    if filters.keys() - Filters.__annotations__ or not all(isinstance(t, str) for t in texts):
        raise ValueError(value)
    return SavedSearch(
        name=value["name"],
        query=value["query"],
        archive=value["archive"],
        filters=cast("Filters", filters),
        sort=Sort(value["sort"]),
        copies=bool(value["copies"]),
    )


def _write(path: Path, text: str) -> None:
    """Write a file that is whole or not there."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with waiting.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
