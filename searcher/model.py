"""The values of the query story: what a search is asked for and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypedDict

from index.model import Article, Copy, Outcome

__all__ = [
    "LEAD",
    "ArchiveStats",
    "Count",
    "Counted",
    "Filters",
    "Hit",
    "Period",
    "PersonCount",
    "ScorePart",
    "Snippet",
    "Sort",
    "Story",
    "StoryMember",
    "StoryOrder",
    "StorySize",
    "Suggestion",
]

LEAD = "lead"


class Filters(TypedDict, total=False):
    """What narrows a search beside its query; what is None or left out narrows nothing.

    Attributes:
        since: First day, as 2025, 2025-06, 2025-06-01 or in words: yesterday, last month.
        until: Last day, in the same forms, itself included.
        source: Words of the source's name, in a row.
        person: Words of a person's name, in a row.
        author: Words of an author's name, in a row.
        section: Words of the section's name, in a row.
        language: The code of a language, as en or de.
    """

    since: str | None
    until: str | None
    source: str | None
    person: str | None
    author: str | None
    section: str | None
    language: str | None


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class StoryOrder(StrEnum):
    """The order of stories."""

    LARGEST = "largest"  # by articles
    LATEST = "latest"  # by the newest article


class Counted(StrEnum):
    """What is counted of the articles that match."""

    ARTICLES = "articles"
    STORIES = "stories"


class Period(StrEnum):
    """The steps of a timeline; weeks are those of ISO 8601, from Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage of an article, and where in it the query matched.

    Attributes:
        text: The passage, one line; an ellipsis where a sentence was cut.
        highlights: Half-open code-point ranges of text, in order, not overlapping.
    """

    text: str
    highlights: tuple[tuple[int, int], ...] = ()

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the text in pieces, each with whether it is highlighted.

        Example:
            >>> list(Snippet(text="a flood", highlights=((2, 7),)).pieces())
            [('a ', False), ('flood', True)]
        """
        at = 0
        for start, end in self.highlights:
            if at < start:
                yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        if at < len(self.text):
            yield self.text[at:], False

    def marked(self, before: str = "**", after: str = "**") -> str:
        """Return the text with marks around what matched.

        Example:
            >>> Snippet(text="a flood", highlights=((2, 7),)).marked("<b>", "</b>")
            'a <b>flood</b>'
        """
        return "".join(before + text + after if hit else text for text, hit in self.pieces())


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """An article of a story, as a list of its members shows it.

    Attributes:
        id: Its id.
        title: Headline.
        source: Publisher's name, where known.
        day: Day of publication, where known.
        relation: What it is beside the article that leads the story: lead, exact copy, version,
            near copy, excerpt or update; None in a hit, for which it is not worked out.
        words: How many words the article has (`Article.word_count`); None in a hit.
        copies: The other pages that hold it; a thousand at most.
    """

    id: str
    title: str
    source: str | None = None
    day: date | None = None
    relation: str | None = None
    words: int | None = None
    copies: tuple[Copy, ...] = ()


class StorySize(NamedTuple):
    """How large a story is.

    Attributes:
        articles: Its articles.
        pages: The pages that hold them: one for each, and their copies.
    """

    articles: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story, and how many articles of it match.

    Attributes:
        id: Its id; None: an article of an older archive, which stands for itself.
        lead: The article that stands for it, whether it matches or not.
        articles: How many of its articles match.
        pages: How many pages hold these: one for each article, and one for each copy of which no
            more is kept than where and when it was published.
        outlets: Who published them, most frequent first, ten at most.
        outlet_count: How many publishers there are in all.
        first_day: Day of the earliest of these articles and copies; None: no day is known.
        last_day: Day of the latest.
    """

    id: str | None
    lead: StoryMember
    articles: int
    pages: int
    outlets: tuple[str, ...]
    outlet_count: int
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a query found, and which stands for its story.

    Attributes:
        rank: Place in the whole result, from 1.
        score: How well it matches, for comparing hits of one search only.
        article: The article.
        title: Its title with what matched in it.
        snippets: The best passages of its body, in reading order.
        others: Other articles of its story, whether they match or not: the earliest first,
            ten at most; none where each article was asked for by itself.
        other_count: How many there are of these in all.
        copy_count: How many copies it has: these, and the other pages that hold it or one of
            these (`Article.copies`, `StoryMember.copies`).
        relaxed: Whether it was found without all plain words of the query.
    """

    rank: int
    score: float
    article: Article
    title: Snippet
    snippets: tuple[Snippet, ...]
    others: tuple[StoryMember, ...] = ()
    other_count: int = 0
    copy_count: int = 0
    relaxed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """What one part of a query adds to the score of a hit; all parts add up to it.

    Attributes:
        what: The word (its stem), the phrase, the words that are close, `field:value`, or the
            day that the article is near.
        score: What it adds.
        idf: How much the word, or all words of the phrase, tell articles apart; None: it does
            not count.
        in_title: How often it stands in the title; None: it is not counted there.
        in_body: The same in the body, or in a field that is neither.
        title_length: Words of the title, as the ranking counts them.
        body_length: The same of the body.
    """

    what: str
    score: float
    idf: float | None = None
    in_title: int | None = None
    in_body: int | None = None
    title_length: int | None = None
    body_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many articles, and stories, share a value.

    Attributes:
        value: A name as printed, or a period as `2026`, `2026-01`, `2026-W01` or `2026-01-03`.
        articles: How many articles.
        stories: How many stories these are of; None: stories were not asked for.
    """

    value: str
    articles: int
    stories: int | None = None

    @property
    def number(self) -> int:
        """How many of what was asked for: stories where these were counted, else articles."""
        return self.articles if self.stories is None else self.stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may have been meant by a word of a query that no article has, or next to none.

    Attributes:
        word: The word, folded.
        position: Code points before it in the query.
        articles: How many articles have it.
        instead: Words like it, the most frequent first, with roughly how many articles have them.
    """

    word: str
    position: int
    articles: int
    instead: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCount:
    """In how many articles a person is, and with whom.

    Attributes:
        name: The full name, as one of the articles prints it.
        articles: How many of the matches name the person.
        companions: Who is in the most of these as well, most frequent first.
    """

    name: str
    articles: int
    companions: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStats:
    """What is in an archive.

    Attributes:
        articles: How many articles.
        pages: How many pages had each outcome when last read (never UNCHANGED).
        sources: Articles by source, most frequent first.
        languages: Articles by language, most frequent first.
        people: How many different persons are named.
        first_day: Day of the oldest dated article as ISO 8601; None: none is dated.
        last_day: Day of the newest.
        undated: Articles without a day.
        size_bytes: Bytes on disk of the archive.
    """

    articles: int
    pages: dict[Outcome, int]
    sources: tuple[Count, ...]
    languages: tuple[Count, ...]
    people: int
    first_day: str | None
    last_day: str | None
    undated: int
    size_bytes: int
