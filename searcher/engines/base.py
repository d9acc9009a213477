"""The port between a search and the archive it reads.

A document is a number that only its engine understands, and only until it is closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from index.model import Article, PageRecord
from searcher.model import ScorePart, Sort, StoryMember, StoryOrder
from searcher.settings import RankingSettings
from searcher.tree import Query

__all__ = ["MAX_COPIES", "Answer", "Engine", "Problem", "ScoredDocument", "StoryGroup"]

MAX_COPIES = 1000  # pages of one article that are read: a page can be saved a million times


class ScoredDocument(NamedTuple):
    """A document that a query matches, and its score."""

    document: int
    score: float


class Problem(NamedTuple):
    """Something that is wrong in an archive.

    Attributes:
        place: The article, page or field it was found at.
        message: What is wrong, one line.
    """

    place: str
    message: str


class StoryGroup(NamedTuple):
    """The articles of one story that match, in numbers.

    Attributes:
        document: One of them.
        articles: How many they are.
        pages: How many pages hold them.
        outlets: How many of these each publisher has, by `index.text.name_key`.
        first_day: Day of the earliest; None: no day is known.
        last_day: Day of the latest.
    """

    document: int
    articles: int
    pages: int
    outlets: Mapping[str, int]
    first_day: date | None
    last_day: date | None


class Answer(Protocol):
    """Every article that a query matches; each question about them is worked out when asked."""

    def top(self, sort: Sort, start: int, stop: int) -> Sequence[ScoredDocument]:
        """Return places start to stop (half open, from 0) of the order.

        Equal scores go newest first; articles without a day come last in any order by day.
        """
        ...

    def top_stories(self, sort: Sort, start: int, stop: int) -> Sequence[ScoredDocument]:
        """Return places start to stop of the order in which each story is once.

        The first of its articles in the order of `top` stands for a story. An article
        without a story stands for itself.
        """
        ...

    def scan(self, sort: Sort | None, *, copies: bool) -> Iterator[ScoredDocument]:
        """Yield all places of the order of `top`, or of `top_stories` without copies.

        Args:
            sort: The order; None: that of the archive, in which articles are read fastest.
            copies: Whether each article has a place, also those of one story.
        """
        ...

    def explain(self, document: int, sort: Sort) -> Sequence[ScorePart]:
        """Return what the score of a match, as the order shows it, is made of."""
        ...

    def total(self) -> int:
        """Return how many articles match."""
        ...

    def ids(self) -> Sequence[str]:
        """Return the ids of the articles that match, in the order of the archive."""
        ...

    def stories(self) -> int:
        """Return how many stories they are of; an article without one counts as one."""
        ...

    def story_groups(self, order: StoryOrder, stop: int) -> Sequence[StoryGroup]:
        """Return the first `stop` of the stories that the matches are of.

        The largest are on most pages. Equal ones go by the other order. An article without a
        story is one by itself.
        """
        ...

    def counts(self, field: str) -> Counter[str]:
        """Return how many of the matches have each value of a field, or fall in each period.

        Args:
            field: `language`, or a name field of the schema, whose values are counted by
                `index.text.name_key`; or `day`, `week`, `month` or `year`, as in ISO 8601.
        """
        ...

    def story_counts(self, field: str) -> Counter[str]:
        """Return of how many stories the matches with each value of a field, or period, are.

        A story counts once for each value that any of its articles that match has; an
        article without a story counts as one.

        Args:
            field: As for `counts`.
        """
        ...


class Engine(Protocol):
    """An archive open for reading at one commit; safe to use from several threads."""

    def answer(
        self,
        query: Query,
        narrow: Query | None,
        ranking: RankingSettings,
        neighbours: Sequence[tuple[str, str]] = (),
    ) -> Answer:
        """Return all articles that match the query and, where given, `narrow`.

        Only the query makes the score. `neighbours` are stems that follow each other in it: the
        first 20 articles by score are ordered anew, with what these add by their closeness.
        """
        ...

    def article(self, document: int) -> Article:
        """Return an article, with its location and copies; of very many, `MAX_COPIES` or more."""
        ...

    def pages(self, article_id: str) -> list[PageRecord]:
        """Return what the ledger says of the pages that hold an article, in no order."""
        ...

    def outline(self, document: int) -> StoryMember:
        """Return the little of an article that a list of members shows, with copies as there."""
        ...

    def copy_count(self, documents: Sequence[int]) -> int:
        """Return how many copies some articles have in all: pages beside the one of each."""
        ...

    def members(self, document: int) -> Sequence[int]:
        """Return the documents of the story of an article, itself among them.

        The earliest come first, those without a day last, equal ones in the order of the
        archive. An article without a story is alone.
        """
        ...

    def find(self, article_id: str) -> int | None:
        """Return the document of the article with that id."""
        ...

    def rarities(self, field: str, terms: Sequence[str], without: Sequence[int]) -> list[float]:
        """Return how much each term of a field tells articles apart, as scores weigh it.

        Args:
            field: The field.
            terms: The terms.
            without: Documents that do not count. A term that no others have tells nothing: 0.
        """
        ...

    def printed(self, field: str, key: str) -> str:
        """Return a value that `counts` named as it is printed in one of the articles."""
        ...

    def frequency(self, field: str, word: str) -> int:
        """Return how many articles have a word, in texts in any form of it.

        Args:
            field: `text`, a part of it, or a name field of the schema.
            word: A folded word.
        """
        ...

    def neighbours(self, field: str, word: str, edits: int) -> dict[str, int]:
        """Return the words within so many edits of a word, with roughly their frequencies."""
        ...

    def page_records(self) -> list[PageRecord]:
        """Return what the ledger says of each page, in no order."""
        ...

    def check(self) -> list[Problem]:
        """Read everything there is and return what is wrong."""
        ...

    def size_bytes(self) -> int:
        """Return the bytes on disk of the archive."""
        ...

    def is_current(self) -> bool:
        """Return whether the commit is the last one; also of a closed engine."""
        ...

    def close(self) -> None:
        """Let go of all files; using the engine afterwards is an error."""
        ...
