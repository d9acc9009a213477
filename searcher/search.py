"""The query story: text -> query tree -> matches -> hits with snippets -> results."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, Unpack

from whoosh.query import Every, Query

from index.model import Article, Outcome, PageRecord
from searcher.engines import Answer, Engine, ScoredDocument, open_engine
from searcher.errors import ArticleNotFoundError, SearchError
from searcher.facets import facet_counts
from searcher.model import (
    ArchiveStats,
    Count,
    Counted,
    Filters,
    Hit,
    Period,
    PersonCount,
    Snippet,
    Sort,
    Story,
    StoryMember,
    StoryOrder,
    Suggestion,
)
from searcher.people import people_counts
from searcher.query import among, filter_query, parse_query
from searcher.settings import RankingSettings, SnippetSettings
from searcher.snippets import Highlighter
from searcher.stats import archive_stats
from searcher.timeline import timeline_counts

__all__ = ["Archive", "Results", "open_archive"]

MAX_OTHERS = 10  # a text can have thousands of copies; all of them are found by their story


def open_archive(folder: Path) -> Archive:
    """Open an archive for searching; see `searcher.open`."""
    return Archive(open_engine(folder))


class Archive:
    """An archive open for searching, at the commit that was the last when it was opened.

    Safe to use from several threads at once. Use it in a `with` statement, or `close` it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(
        self,
        query: str | None = None,
        *,
        sort: Sort | str = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        copies: bool = False,
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
            ranking: How to rank.
            snippets: How to cut passages.
            ids: The articles that are looked at; None: all.
            **filters: since, until, source, person ...; see `Filters`.

        Raises:
            QuerySyntaxError: The query or a filter cannot be read.
            SearchError: Another argument is out of range.
        """
        started = time.perf_counter()
        tree = Every() if query is None else parse_query(query)
        narrow = among(ids, filter_query(filters))
        answer = self._engine.answer(tree, narrow, ranking or RankingSettings())
        return self._results(
            tree,
            answer,
            started=started,
            sort=_choice(Sort, sort),
            limit=limit,
            offset=offset,
            copies=copies,
            snippets=snippets,
            query=query or "",
        )

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
        return self._results(
            tree,
            self._engine.answer(tree, others, ranking),
            started=started,
            sort=Sort.RELEVANCE,
            limit=limit,
            offset=offset,
            copies=copies,
            snippets=snippets,
        )

    def _results(
        self,
        tree: Query,
        answer: Answer,
        *,
        started: float,
        sort: Sort,
        limit: int,
        offset: int,
        copies: bool,
        snippets: SnippetSettings | None,
        query: str = "",
    ) -> Results:
        if limit < 0 or offset < 0:
            raise SearchError("limit and offset must be at least 0")
        top = answer.top if copies else answer.top_stories
        found = top(sort, offset, offset + limit)
        highlighter = Highlighter(tree, snippets or SnippetSettings())
        hits = tuple(
            self._hit(one, rank, highlighter, with_others=not copies)
            for rank, one in enumerate(found, start=offset + 1)
        )
        return Results(
            hits=hits,
            total=answer.total(),
            seconds=time.perf_counter() - started,
            _engine=self._engine,
            _answer=answer,
            _query=query,
        )

    def scan(
        self,
        query: str | None = None,
        *,
        sort: Sort | str | None = None,
        limit: int | None = None,
        offset: int = 0,
        copies: bool = True,
        ranking: RankingSettings | None = None,
        snippets: SnippetSettings | None = None,
        ids: Collection[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[Hit]:
        """Return an iterator over all hits of a query, each read when it is come to.

        However many there are, few of them are in memory: what an export is made from. The hits
        have no `others`; their `article.story` finds these.

        Args:
            query: What to look for; None: every article.
            sort: As for `search`; None: the order of the archive, which is read fastest.
            limit: Hits at most; None: all.
            offset: Hits to pass over, at least 0.
            copies: Whether every article is a hit by itself, also those of one story.
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
        order = None if sort is None else _choice(Sort, sort)
        tree = Every() if query is None else parse_query(query)
        narrow = among(ids, filter_query(filters))
        answer = self._engine.answer(tree, narrow, ranking or RankingSettings())
        highlighter = Highlighter(tree, snippets) if snippets else None
        # More than the machine counts to is no more than all.
        start = min(offset, sys.maxsize)
        stop = None if limit is None else min(offset + limit, sys.maxsize)
        found = islice(answer.scan(order, copies=copies), start, stop)
        return (
            self._scanned(one, rank, highlighter)
            for rank, one in enumerate(found, start=offset + 1)
        )

    def _scanned(self, found: ScoredDocument, rank: int, highlighter: Highlighter | None) -> Hit:
        if highlighter:
            return self._hit(found, rank, highlighter, with_others=False)
        article = self._engine.article(found.document)
        title = Snippet(text=article.title)
        return Hit(rank=rank, score=found.score, article=article, title=title, snippets=())

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
        tree = Every() if query is None else parse_query(query)
        return people_counts(self._engine, tree, filter_query(filters), limit, companions)

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
        from whoosh.query import Every

        from searcher.story import stories_of  # a search does without

        if limit < 0:
            raise SearchError("limit must be at least 0")
        tree = Every() if query is None else parse_query(query)
        answer = self._engine.answer(tree, filter_query(filters), RankingSettings())
        return stories_of(self._engine, answer, _choice(StoryOrder, order), limit)

    def article(self, article_id: str) -> Article:
        """Return an article by its id.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        return self._engine.article(self._document(article_id))

    def pages(self, article_id: str) -> tuple[PageRecord, ...]:
        """Return the pages that hold an article, the one that its text is from first.

        Raises:
            ArticleNotFoundError: There is none with that id.
        """
        location = self.article(article_id).location
        records = self._engine.pages(article_id)
        order = sorted(records, key=lambda record: (record.location != location, record.location))
        return tuple(order)

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

    def highlight(self, article: Article, query: str) -> tuple[Snippet, tuple[Snippet, ...]]:
        """Return the title and the paragraphs of an article with what matches a query.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        highlighter = Highlighter(parse_query(query), SnippetSettings())
        paragraphs = tuple(map(highlighter.paragraph, article.paragraphs))
        return highlighter.title(article.title), paragraphs

    def stats(self) -> ArchiveStats:
        """Return what is in the archive; all of it is counted, so this takes a moment."""
        return archive_stats(self._engine)

    def rejected(self) -> tuple[PageRecord, ...]:
        """Return the pages that gave no article when last read, by location."""
        records = self._engine.page_records()
        rejected = (record for record in records if record.outcome is Outcome.REJECTED)
        return tuple(sorted(rejected, key=lambda record: record.location))

    def check(self) -> tuple[str, ...]:
        """Read everything in the archive; return what is wrong, a line each."""
        return tuple(f"{problem.place}: {problem.message}" for problem in self._engine.check())

    def close(self) -> None:
        """Let go of the archive's files."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a search: the hits asked for, and all matches to count.

    Attributes:
        hits: The hits from offset on, limit at most.
        total: How many articles match in all, not stories; see `count_stories`.
        seconds: How long the search took.
    """

    hits: tuple[Hit, ...]
    total: int
    seconds: float
    _engine: Engine
    _answer: Answer
    _query: str

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def count_stories(self) -> int:
        """Return how many stories all matches are of: how many hits there are, page by page.

        An article without a story counts as one. It is counted when asked for.
        """
        return self._answer.stories()

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all matching articles, in the order of the archive."""
        return tuple(self._answer.ids())

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What may have been meant by words of the query that no article has, or next to none.

        The search is for the query as it is in any case. They are looked for when asked for.
        """
        from searcher.suggestions import suggestions  # few searches ask

        return suggestions(self._engine, self._query)

    def facets(
        self, field: str, limit: int | None = 10, *, of: Counted | str = Counted.ARTICLES
    ) -> tuple[Count, ...]:
        """Return how many of all matching articles have each value of a field, most frequent first.

        Args:
            field: source, people, authors, section, language, day, week, month or year.
            limit: Values at most; None: all.
            of: articles or stories: what is most frequent. Of stories, each `Count` has both.

        Raises:
            SearchError: There is no such facet.
        """
        return facet_counts(self._engine, self._answer, field, limit, _choice(Counted, of))

    def timeline(
        self, period: Period | str = Period.MONTH, *, of: Counted | str = Counted.ARTICLES
    ) -> tuple[Count, ...]:
        """Return how many of all matching articles were published in each period.

        Args:
            period: day, week (ISO 8601: from Monday), month or year.
            of: articles or stories; of stories, each `Count` has both.

        Raises:
            SearchError: There is no such period.
        """
        return timeline_counts(self._answer, _choice(Period, period), _choice(Counted, of))


Choice = TypeVar("Choice", bound=StrEnum)


def _choice(choices: type[Choice], value: str) -> Choice:
    try:
        return choices(value)
    except ValueError:
        names = ", ".join(choices)
        raise SearchError(f"no {choices.__name__.lower()} {value!r}; there are: {names}") from None
