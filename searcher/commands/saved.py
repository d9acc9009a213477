"""Saved searches: kept by `search --save`, run by `search --saved`, listed by `searcher saved`.

Strategy: a search is run as any other; `--new-since` narrows it to articles that it has not
told yet, says nothing where there are none, and logs them once they are on stdout.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, cast

import typer

import searcher
from index.cli import JsonOption
from index.terminal import DONE, NOTHING, counted, printable, write_json
from searcher.commands.run_search import show_found
from searcher.commands.typed import SearchArguments
from searcher.model import Filters, Sort
from searcher.saved import SavedSearch, SavedSearches, kept_searches

if TYPE_CHECKING:
    from searcher.search import Archive

__all__ = ["run_and_save", "run_saved", "saved"]

LAST = "last"


def run_and_save(told: SearchArguments, name: str) -> int:
    """Search, keep the search, and return the exit status; what it finds now is known."""
    search = SavedSearch(
        name=name,
        query=told.text or "",
        archive=os.path.abspath(told.archive),  # noqa: PTH100 (a link may be put elsewhere later)
        filters=told.filters,
        sort=told.sort,
        copies=told.copies,
    )
    with searcher.open(told.archive) as opened:
        matches = opened.search(told.text, limit=0, relax=False, **search.filters).ids()
        kept_searches().save(search, matches)
        status = show_found(opened, told)
    sys.stderr.write(
        f"saved; what is new tells: searcher search --saved {name} --new-since {LAST}\n"
    )
    return status


def run_saved(
    told: SearchArguments, name: str, new_since: str | None, typed: Collection[str]
) -> int:
    """Run a saved search, and return the exit status.

    Args:
        told: What was typed beside its name: filters add to those saved, or replace them.
        name: Its name.
        new_since: `last` for articles that it never told, a day for those that it did not tell
            before that day; None: all that it finds.
        typed: Which of `sort` and `archive` were typed; else they are those that were saved.
    """
    searches = kept_searches()
    told = _joined(told, searches.get(name), typed)
    with searcher.open(told.archive) as opened:
        if new_since is None:
            return show_found(opened, told)
        before = None if new_since == LAST else _midnight(new_since)
        with searches.alone(name):
            return _show_new(opened, told, searches, name, before)


def _joined(told: SearchArguments, search: SavedSearch, typed: Collection[str]) -> SearchArguments:
    return told._replace(
        query=(search.query,) if search.query else (),
        filters=cast("Filters", {**search.filters, **told.filters}),
        sort=told.sort if "sort" in typed else search.sort,
        archive=told.archive if "archive" in typed else type(told.archive)(search.archive),
        copies=told.copies or search.copies,
    )


def _midnight(day: str) -> datetime:
    """Return when a day begins here."""
    from searcher.query import first_day

    return datetime.combine(first_day(day), time.min).astimezone(UTC)


def _show_new(
    opened: Archive,
    told: SearchArguments,
    searches: SavedSearches,
    name: str,
    before: datetime | None,
) -> int:
    first_told: dict[str, datetime] = {}
    for telling in searches.tellings(name):
        first_told.update((one, telling.when) for one in telling.ids if one not in first_told)
    matches = opened.search(told.text, limit=0, relax=False, **told.filters).ids()
    new = [
        one
        for one in matches
        if one not in first_told or (before is not None and first_told[one] >= before)
    ]
    if not new:
        return NOTHING
    limit = len(new) if told.limit is None else told.limit
    status = show_found(opened, told._replace(among=new, limit=limit))
    sys.stdout.flush()
    shown = new if told.limit is None else _shown(opened, told, new)
    if fresh := [one for one in shown if one not in first_told]:
        searches.tell(name, fresh)
    return status


def _shown(opened: Archive, told: SearchArguments, new: Sequence[str]) -> Iterator[str]:
    """Yield which new articles were shown: those of the hits, and others of their stories."""
    hits = opened.scan(
        told.text,
        sort=told.sort,
        limit=told.limit,
        offset=told.offset,
        copies=told.copies,
        relax=False,
        ids=new,
        **told.filters,
    )
    for hit in hits:
        if told.copies or hit.article.story is None:
            yield hit.article.id
        else:
            yield from opened.search(f"story:{hit.article.story}", limit=0, ids=new).ids()


def saved(
    *,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="NAME", help="Forget a saved search.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the searches that are kept, or remove one."""
    searches = kept_searches()
    if remove is not None:
        searches.remove(remove)
        return
    names = searches.names()
    for name in names:
        search, tellings = searches.get(name), [*searches.tellings(name)]
        articles = len({one for telling in tellings for one in telling.ids})
        last = max((telling.when for telling in tellings), default=None)
        if as_json:
            facts = {"told": articles, "last": last and last.isoformat()}
            write_json({**asdict(search), **facts})
        else:
            typer.echo(_line(search, articles, last))
    if not names:
        sys.stderr.write(
            "no searches are saved; save one with: searcher search QUERY --save NAME\n"
        )
        raise typer.Exit(NOTHING)
    raise typer.Exit(DONE)


def _line(search: SavedSearch, articles: int, last: datetime | None) -> str:
    options = [f"--{name} {text}" for name, text in search.filters.items()]
    if search.sort is not Sort.RELEVANCE:
        options.append(f"--sort {search.sort}")
    if search.copies:
        options.append("--copies")
    told = f"{counted(articles, 'article')} told"
    if last:
        told += f", the last on {last.astimezone():%Y-%m-%d %H:%M}"
    facts = [search.name, " ".join([search.query, *options]), search.archive, told]
    return "\t".join(map(printable, facts))
