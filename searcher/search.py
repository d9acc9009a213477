"""The query story: text -> query tree -> matches -> hits with snippets -> results."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, partial, update_wrapper
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar, Unpack
from weakref import WeakSet

from index.model import Article, Outcome, PageRecord
from searcher.engines import Answer, Engine, ScoredDocument, open_engine
from searcher.errors import ArticleNotFoundError, SearchError
from searcher.facets import facet_counts
from searcher.model import (
    ArchiveStats,
    Count,
    Filters,
    Hit,
    Period,
    PersonCount,
    ScorePart,
    Snippet,
    Sort,
    StoryMember,
)
from searcher.people import people_counts
from searcher.query import filter_query, read_question
from searcher.relax import answered
from searcher.settings import RankingSettings, SnippetSettings
from searcher.snippets import Highlighter
from searcher.stats import archive_stats
from searcher.timeline import timeline_counts

__all__ = ["Archive", "Results", "open_archive"]

MAX_OTHERS = 10  # a text can have thousands of copies; all of them are found by their story


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
        query: str,
        *,
        sort: Sort | str = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        copies: bool = False,
        relax: bool = True,
        ranking: RankingSettings | None = None,
        snippets: SnippetSettings | None = None,
        **filters: Unpack[Filters],
    ) -> Results:
        """Return the hits of a query: of each story the article that comes first in the order.

        That is its best one by relevance, its newest or its oldest; so every page of hits
        goes on where the one before it ended, and no story is on two of them.

        Args:
            query: What to look for, in the query language of the README.
            sort: relevance, newest or oldest; articles without a day come last.
            limit: Hits at most, at least 0.
            offset: Hits to pass over, at least 0.
            copies: Whether every article is a hit by itself, also those of one story.
            relax: Whether plain words need not all match where they match nothing, or, four or
                more of them, fewer than ten articles; `Results.relaxed` says that it was so.
            ranking: How to rank.
            snippets: How to cut passages.
            **filters: since, until, source, person ...; see `Filters`.

        Raises:
            QuerySyntaxError: The query or a filter cannot be read.
            SearchError: Another argument is out of range.
        """
        started = time.perf_counter()
        if limit < 0 or offset < 0:
            raise SearchError("limit and offset must be at least 0")
        order, narrow = _choice(Sort, sort), filter_query(filters)
        asked = read_question(query)
        ranking = ranking or RankingSettings()
        answer, tree, relaxed, problem = answered(
            self._engine, asked, narrow, ranking, may_relax=relax
        )
        top = answer.top if copies else answer.top_stories
        found = top(order, offset, offset + limit)
        highlighter = Highlighter(tree, snippets or SnippetSettings())
        results = Results(
            found=found,
            order=order,
            offset=offset,
            relaxed=relaxed,
            read_as_words=problem,
            seconds=time.perf_counter() - started,
            make_hit=lambda one, rank: self._hit(one, rank, highlighter, with_others=not copies),
            engine=self._engine,
            answer=answer,
        )
        self._given.add(results)
        return results

    def _hit(
        self, found: ScoredDocument, rank: int, highlighter: Highlighter, *, with_others: bool
    ) -> Hit:
        article = self._engine.article(found.document)
        members = self._engine.members(found.document) if with_others else ()
        others = [document for document in members if document != found.document]
        return Hit(
            rank=rank,
            score=found.score,
            article=article,
            title=highlighter.title(article.title),
            snippets=highlighter.snippets(article.body),
            others=tuple(map(self._engine.outline, others[:MAX_OTHERS])),
            other_count=len(others),
        )

    @sees_last_commit
    def people(
        self,
        query: str,
        *,
        limit: int | None = 10,
        companions: int = 3,
        **filters: Unpack[Filters],
    ) -> tuple[PersonCount, ...]:
        """Return who is in the articles that match a query, and who with whom.

        Args:
            query: What to look for, in the query language of the README.
            limit: Persons at most, the most frequent first; None: all.
            companions: For each, others at most.
            **filters: As for `search`.

        Raises:
            QuerySyntaxError: The query or a filter cannot be read.
        """
        asked, narrow = read_question(query), filter_query(filters)
        tree = answered(self._engine, asked, narrow, RankingSettings()).tree
        return people_counts(self._engine, tree, narrow, limit, companions)

    @sees_last_commit
    def article(self, article_id: str) -> Article:
        """Return an article by its id.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        return self._engine.article(self._document(article_id))

    @sees_last_commit
    def story(self, article_id: str) -> tuple[StoryMember, ...]:
        """Return the articles of an article's story: the lead, then the earliest first.

        Of a larger story these are 500, and the article itself.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        from searcher.story import story_members  # a search does without

        return story_members(self._engine, self._document(article_id))

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


class Results:
    """The answer to a search: the hits asked for, and all matches to count.

    What matches and which hits come first is known; hits, with their articles and snippets, and
    totals are made when they are asked for, once. Safe to use from several threads.

    Attributes:
        relaxed: Whether the articles need not have all plain words of the query.
        read_as_words: Why the query could not be read as one, and was taken for plain words;
            None: it was read.
    """

    def __init__(
        self,
        *,
        found: Sequence[ScoredDocument],
        order: Sort,
        offset: int,
        relaxed: bool,
        read_as_words: str | None,
        seconds: float,
        make_hit: Callable[[ScoredDocument, int], Hit],
        engine: Engine,
        answer: Answer,
    ) -> None:
        self.relaxed = relaxed
        self.read_as_words = read_as_words
        self._found = found
        self._order = order
        self._offset = offset
        self._seconds = seconds
        self._make_hit = make_hit
        self._engine = engine
        self._answer = answer
        self._hits: list[Hit] = []
        self._lock = Lock()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits from offset on, limit at most."""
        return tuple(self)

    @cached_property
    def total(self) -> int:
        """How many articles match in all, not stories; see `count_stories`."""
        return self._answer.total()

    def finish(self) -> None:
        """Make the hits and the total now: they remain when the archive is closed."""
        self.hits  # noqa: B018 (it makes them)
        self.total  # noqa: B018 (the same)

    @property
    def seconds(self) -> float:
        """How long the search took, with the hits that were made so far."""
        return self._seconds

    def __iter__(self) -> Iterator[Hit]:
        return map(self._hit, range(len(self._found)))

    def __len__(self) -> int:
        return len(self._found)

    def _hit(self, number: int) -> Hit:
        with self._lock:
            started = time.perf_counter()
            while len(self._hits) <= number:
                at = len(self._hits)
                self._hits.append(self._make_hit(self._found[at], self._offset + at + 1))
            self._seconds += time.perf_counter() - started
            return self._hits[number]

    def ids(self) -> list[str]:
        """Return the ids of the hits without making these."""
        return [self._engine.outline(one.document).id for one in self._found]

    def explain(self, hit: Hit) -> tuple[ScorePart, ...]:
        """Return what the score of one of the hits is made of: parts that add up to it."""
        found = self._found[hit.rank - self._offset - 1]
        return tuple(self._answer.explain(found.document, self._order))

    def count_stories(self) -> int:
        """Return how many stories all matches are of: how many hits there are, page by page.

        An article without a story counts as one. It is counted when asked for.
        """
        return self._answer.stories()

    def facets(self, field: str, limit: int | None = 10) -> tuple[Count, ...]:
        """Return how many of all matching articles have each value of a field, most frequent first.

        Args:
            field: source, people, authors, section or language.
            limit: Values at most; None: all.

        Raises:
            SearchError: There is no such facet.
        """
        return facet_counts(self._engine, self._answer, field, limit)

    def timeline(self, period: Period | str = Period.MONTH) -> tuple[Count, ...]:
        """Return how many of all matching articles were published in each day, month or year.

        Args:
            period: day, month or year.

        Raises:
            SearchError: There is no such period.
        """
        return timeline_counts(self._answer, _choice(Period, period))


Choice = TypeVar("Choice", bound=StrEnum)


def _choice(choices: type[Choice], value: str) -> Choice:
    try:
        return choices(value)
    except ValueError:
        names = ", ".join(choices)
        raise SearchError(f"no {choices.__name__.lower()} {value!r}; there are: {names}") from None
