"""The query story: text -> query tree -> matches -> hits with snippets -> results."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial, update_wrapper
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar, Unpack
from weakref import WeakSet

from index.model import Article, Outcome, PageRecord
from index.schema import TEXT
from searcher.engines import Engine, open_engine
from searcher.errors import ArticleNotFoundError, SearchError
from searcher.hits import made_hit
from searcher.model import (
    ArchiveStats,
    Filters,
    Hit,
    PersonCount,
    Snippet,
    Sort,
    Story,
    StoryMember,
    StoryOrder,
    StorySize,
)
from searcher.query import among, filter_query, read_question
from searcher.relax import Answered, Found, answered, found_hits
from searcher.results import Results, choice
from searcher.settings import RankingSettings, SnippetSettings
from searcher.snippets import Highlighter
from searcher.tree import Every, Query

__all__ = ["Archive", "open_archive"]


def open_archive(folder: Path) -> Archive:
    """Open an archive for searching; see `searcher.open`."""
    return Archive(open_engine(folder), partial(open_engine, folder))


Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


def sees_last_commit(
    method: Callable[Concatenate[Archive, Arguments], Value],
) -> Callable[Concatenate[Archive, Arguments], Value]:
    """Make a method of an archive see its last commit: the same one from its begin to its end."""

    def at_one_commit(
        archive: Archive, /, *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Value:
        return method(archive.at_last_commit(), *arguments, **named)

    update_wrapper(at_one_commit, method)
    return at_one_commit


class Archive:
    """An archive open for searching. Each call sees the last commit, and waits for no build.

    What a call gave stays as it is: results go on with the commit that they were found in.
    Safe to use from several threads at once. Use it in a `with` statement, or `close` it.

    Args:
        engine: The archive at one commit.
        reopen: Opens it at its last commit; None: it stays at that of the engine.
        given: The results that are in use; None: none are yet.
    """

    def __init__(
        self,
        engine: Engine,
        reopen: Callable[[], Engine] | None = None,
        given: WeakSet[Results] | None = None,
    ) -> None:
        self._engine = engine
        self._reopen = reopen
        self._lock = Lock()
        self._opened: WeakSet[Engine] = WeakSet([engine])
        self._given: WeakSet[Results] = WeakSet() if given is None else given

    def at_last_commit(self) -> Archive:
        """Return the archive at its last commit, where it stays: for calls that must agree.

        Between two calls of other archives a build may commit, and what they find differ.
        """
        if self._reopen is None:
            return self
        if not self._engine.is_current():
            with self._lock:
                if not self._engine.is_current():
                    self._engine = self._reopen()
                    self._opened.add(self._engine)
        return Archive(self._engine, given=self._given)

    @sees_last_commit
    def search(
        self,
        query: str | None = None,
        *,
        sort: Sort | str = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        copies: bool = False,
        relax: bool = True,
        ranking: RankingSettings | None = None,
        snippets: SnippetSettings | None = None,
        ids: Collection[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Results:
        """Return the hits of a query: of each story the article that comes first in the order.

        That is its best one by relevance, its newest or its oldest; so every page of hits
        goes on where the one before it ended, and no story is on two of them.

        Args:
            query: What to look for, in the query language of the README; None: every article.
            sort: relevance, newest or oldest; articles without a day come last.
            limit: Hits at most, at least 0.
            offset: Hits to pass over, at least 0.
            copies: Whether every article is a hit by itself, also those of one story.
            relax: Whether articles with some of the plain words are found too where none or few
                have all of them: `Results.relaxed` and `Hit.relaxed` say so. See `searcher.relax`.
            ranking: How to rank.
            snippets: How to cut passages.
            ids: The articles that are looked at; None: all.
            **filters: since, until, source, person ...; see `Filters`.

        Raises:
            QuerySyntaxError: The query or a filter cannot be read.
            SearchError: Another argument is out of range.
        """
        started = time.perf_counter()
        order, narrow = choice(Sort, sort), among(ids, filter_query(filters))
        asked = self._answered(query, narrow, ranking, relax=relax)
        return self._results(
            asked,
            query=query or "",
            started=started,
            sort=order,
            limit=limit,
            offset=offset,
            copies=copies,
            snippets=snippets,
        )

    def _answered(
        self,
        query: str | None,
        narrow: Query | None,
        ranking: RankingSettings | None = None,
        *,
        relax: bool = True,
    ) -> Answered:
        """Return the answer to a query, without one every article."""
        ranking = ranking or RankingSettings()
        if query is None:
            tree = Every()
            answer = self._engine.answer(tree, narrow, ranking)
            return Answered(answer, tree, relaxed=False, problem=None)
        return answered(self._engine, read_question(query), narrow, ranking, may_relax=relax)

    @sees_last_commit
    def similar(
        self,
        article_id: str,
        *,
        limit: int = 10,
        offset: int = 0,
        copies: bool = False,
        ranking: RankingSettings | None = None,
        snippets: SnippetSettings | None = None,
        **filters: Unpack[Filters],
    ) -> Results:
        """Return the articles that are most like one, without those of its own story.

        They share the words that tell most about it; a score of 1 would be that of the article
        itself. `story` has its copies and versions.

        Args:
            article_id: The article.
            limit: As for `search`, like all that follows.
            offset: Hits to pass over.
            copies: Whether every article is a hit by itself, also those of one story.
            ranking: How words are weighed.
            snippets: How to cut passages, which show the words that are shared.
            **filters: since, until, source, person ...; see `Filters`.

        Raises:
            ArticleNotFoundError: There is none with that id.
            QuerySyntaxError: A filter cannot be read.
            SearchError: The article has no word that another one has, or another argument is
                out of range.
        """
        from searcher.similar import others_query, similar_query  # a search does without

        started = time.perf_counter()
        ranking = ranking or RankingSettings()
        document = self._document(article_id)
        tree = similar_query(self._engine, document, ranking)
        others = others_query(self._engine.article(document), filter_query(filters))
        answer = self._engine.answer(tree, others, ranking)
        return self._results(
            Answered(answer, tree, relaxed=False, problem=None),
            query="",
            started=started,
            sort=Sort.RELEVANCE,
            limit=limit,
            offset=offset,
            copies=copies,
            snippets=snippets,
        )

    def _rarities(self, stems: Sequence[str]) -> Sequence[float]:
        return self._engine.rarities(TEXT, stems, without=())

    def _results(
        self,
        asked: Answered,
        *,
        query: str,
        started: float,
        sort: Sort,
        limit: int,
        offset: int,
        copies: bool,
        snippets: SnippetSettings | None,
    ) -> Results:
        if limit < 0 or offset < 0:
            raise SearchError("limit and offset must be at least 0")
        if sort is not Sort.RELEVANCE:
            asked = asked._replace(further=None)
        settings = snippets or SnippetSettings()
        highlighters = {
            one.relaxed: Highlighter(one.tree, settings, self._rarities)
            for one in (asked, asked.further)
            if one
        }
        results = Results(
            found=found_hits(self._engine, asked, sort, offset, offset + limit, copies=copies),
            order=sort,
            offset=offset,
            query=query,
            seconds=time.perf_counter() - started,
            make_hit=lambda one, rank: made_hit(
                self._engine, one, rank, highlighters[one.relaxed], with_others=not copies
            ),
            engine=self._engine,
            asked=asked,
        )
        self._given.add(results)
        return results

    @sees_last_commit
    def scan(
        self,
        query: str | None = None,
        *,
        sort: Sort | str | None = None,
        limit: int | None = None,
        offset: int = 0,
        copies: bool = True,
        relax: bool = True,
        ranking: RankingSettings | None = None,
        snippets: SnippetSettings | None = None,
        ids: Collection[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[Hit]:
        """Return an iterator over all hits that match, each read when it is come to.

        However many there are, few of them are in memory: what an export is made from.

        Args:
            query: What to look for; None: every article.
            sort: As for `search`; None: the order of the archive, which is read fastest.
            limit: Hits at most; None: all.
            offset: Hits to pass over, at least 0.
            copies: Whether every article is a hit by itself, also those of one story.
            relax: As for `search`, but only where no article has all plain words.
            ranking: How to rank.
            snippets: How to cut passages; None: the hits have none.
            ids: As for `search`.
            **filters: As for `search`.

        Raises:
            QuerySyntaxError: The query or a filter cannot be read.
            SearchError: Another argument is out of range.
        """
        if offset < 0 or (limit is not None and limit < 0):
            raise SearchError("limit and offset must be at least 0")
        order = None if sort is None else choice(Sort, sort)
        narrow = among(ids, filter_query(filters))
        asked = self._answered(query, narrow, ranking, relax=relax)
        highlighter = Highlighter(asked.tree, snippets, self._rarities) if snippets else None
        # More than the machine counts to is no more than all.
        start = min(offset, sys.maxsize)
        stop = None if limit is None else min(offset + limit, sys.maxsize)
        found = islice(asked.answer.scan(order, copies=copies), start, stop)
        hits = (Found(*one, relaxed=asked.relaxed) for one in found)
        return (
            made_hit(self._engine, one, rank, highlighter, with_others=not copies)
            for rank, one in enumerate(hits, start=offset + 1)
        )

    @sees_last_commit
    def people(
        self,
        query: str | None = None,
        *,
        limit: int | None = 10,
        companions: int = 3,
        **filters: Unpack[Filters],
    ) -> tuple[PersonCount, ...]:
        """Return who is in the articles that match a query, and who with whom.

        Args:
            query: What to look for, in the query language of the README; None: every article.
            limit: Persons at most, the most frequent first; None: all.
            companions: For each, others at most.
            **filters: As for `search`.

        Raises:
            QuerySyntaxError: The query or a filter cannot be read.
        """
        from searcher.people import people_counts  # a search does without

        narrow = filter_query(filters)
        tree = self._answered(query, narrow, relax=False).tree
        return people_counts(self._engine, tree, narrow, limit, companions)

    @sees_last_commit
    def stories(
        self,
        query: str | None = None,
        *,
        order: StoryOrder | str = StoryOrder.LARGEST,
        limit: int = 10,
        **filters: Unpack[Filters],
    ) -> tuple[Story, ...]:
        """Return the largest or latest of the stories that have articles that match.

        All numbers are of the articles that match.

        Args:
            query: What to look for, in the query language of the README; None: everything.
            order: largest: those of most articles; latest: those with the newest article.
            limit: Stories at most, at least 0.
            **filters: As for `search`.

        Raises:
            QuerySyntaxError: The query or a filter cannot be read.
            SearchError: Another argument is out of range.
        """
        from searcher.story import stories_of  # a search does without

        if limit < 0:
            raise SearchError("limit must be at least 0")
        answer = self._answered(query, filter_query(filters), relax=False).answer
        return stories_of(self._engine, answer, choice(StoryOrder, order), limit)

    @sees_last_commit
    def article(self, article_id: str) -> Article:
        """Return an article by its id.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        return self._engine.article(self._document(article_id))

    @sees_last_commit
    def pages(self, article_id: str) -> tuple[PageRecord, ...]:
        """Return the pages that hold an article, the one that its text is from first.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        location = self.article(article_id).location
        records = self._engine.pages(article_id)
        order = sorted(records, key=lambda record: (record.location != location, record.location))
        return tuple(order)

    @sees_last_commit
    def story(self, article_id: str) -> tuple[StoryMember, ...]:
        """Return the articles of an article's story: the lead, then the earliest first.

        Of a larger story (`story_size`) these are 500, and the article itself.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        from searcher.story import story_members  # a search does without

        return story_members(self._engine, self._document(article_id))

    @sees_last_commit
    def story_size(self, article_id: str) -> StorySize:
        """Return how many articles an article's story has, and how many pages hold them.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        members = self._engine.members(self._document(article_id))
        copies = self._engine.copy_count(members)
        return StorySize(articles=len(members), pages=len(members) + copies)

    def _document(self, article_id: str) -> int:
        document = self._engine.find(article_id)
        if document is None:
            raise ArticleNotFoundError(
                f"no article has the id {article_id!r}; each hit of a search shows its id"
            )
        return document

    @sees_last_commit
    def highlight(self, article: Article, query: str) -> tuple[Snippet, tuple[Snippet, ...]]:
        """Return the title and the paragraphs of an article with what matches a query.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        highlighter = Highlighter(read_question(query).tree, SnippetSettings())
        paragraphs = tuple(map(highlighter.paragraph, article.paragraphs))
        return highlighter.title(article.title), paragraphs

    @sees_last_commit
    def stats(self) -> ArchiveStats:
        """Return what is in the archive; all of it is counted, so this takes a moment."""
        from searcher.stats import archive_stats  # a search does without

        return archive_stats(self._engine)

    @sees_last_commit
    def rejected(self) -> tuple[PageRecord, ...]:
        """Return the pages that gave no article when last read, by location."""
        records = self._engine.page_records()
        rejected = (record for record in records if record.outcome is Outcome.REJECTED)
        return tuple(sorted(rejected, key=lambda record: record.location))

    @sees_last_commit
    def check(self) -> tuple[str, ...]:
        """Read everything in the archive; return what is wrong, a line each."""
        return tuple(f"{problem.place}: {problem.message}" for problem in self._engine.check())

    def close(self) -> None:
        """Let go of the archive's files, of all commits that were looked at.

        Results that are still in use keep their hits and their total, which are made now.
        """
        with self._lock:
            for results in [*self._given]:
                results.finish()
            self._given.clear()
            for engine in [*self._opened]:
                engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
