"""The values that travel between the stages: Page in, Article or Rejected out.

All are frozen. What each field of an article means for a reader of the archive
stands in the field table of index/README.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = [
    "PARAGRAPH_BREAK",
    "Access",
    "Article",
    "Copy",
    "Outcome",
    "Page",
    "PageKind",
    "PageRecord",
    "Person",
    "Rejected",
]

PARAGRAPH_BREAK = "\n\n"
# Of scripts without blanks between words, each ideograph and kana counts as one.
# Compiled when words are counted, which a search does not.
WORD = r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:['’-]\w+|[.,]\d+)*"


class PageKind(StrEnum):
    """What the bytes of a page are."""

    HTML = "html"
    MHTML = "mhtml"  # "Web page, single file" of browsers: a MIME message around HTML
    EMAIL = "email"  # a newsletter, or a page that was mailed: a MIME message of mail programs
    TEXT = "text"  # a text capture: the visible text of a page, line by line
    RECORD = "record"  # one article as a JSON object, see `index.record`


class Access(StrEnum):
    """Who may read an article where it was published."""

    FREE = "free"  # everybody
    PAID = "paid"  # who pays, from the first article or the next one on


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One saved page as it was found, decompressed and nothing else.

    Attributes:
        content: The bytes as saved, in whatever encoding.
        location: Where the page was found: an absolute path, with `#record` behind it
            where one file holds many.
        kind: What the bytes are.
        url: Address the page was fetched from, where the source knows it.
    """

    content: bytes
    location: str
    kind: PageKind = PageKind.HTML
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another page that holds the same article.

    Attributes:
        location: Where that page was found.
        url: Its address, where known.
        source: Publisher's name there, where known; None with `day`: both are the article's.
        day: Day of publication there, where known.
    """

    location: str
    url: str | None = None
    source: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person whom the text of an article names.

    Attributes:
        name: Full name, as in `Article.people`.
        mentions: How often the person is named, headline included.
        confidence: Probability that it is a person, in (0, 1].
        inferred: The text has the family name only; the full name is that of the person whom
            other articles of the archive call so.
    """

    name: str
    mentions: int
    confidence: float
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article, cleaned of the page around it.

    Attributes:
        id: Stable name of the article, 12 hexadecimal digits unless a record brought its own.
        title: Headline, one line.
        body: Paragraphs in reading order, joined by a blank line; no paragraph twice.
        published: Local day at the publisher; a `datetime` (with zone where the page
            tells it) where the time is known too; None: not found.
        source: Publisher's name as people say it, else a readable form of the host.
        people: Full names of persons in the article, once each, most prominent first.
        persons: Those of `people` whom the text names, with how often and how surely; empty:
            the text was not read for them. Before that, names that the keywords of the page may
            be, with 0 mentions.
        authors: Who wrote it: names only, in the order of the byline.
        language: Primary subtag of BCP 47 in lower case, such as "en".
        url: Canonical address.
        section: The desk or rubric it ran under, as printed.
        access: Who may read it where it was published; None: the page does not say.
        story: Id of the story that the article belongs to; None: not grouped.
        copies: The other pages that hold the same article; of an archive, a thousand at most.
        location: Where the page was found that the text is from.
    """

    id: str
    title: str
    body: str
    location: str
    published: date | datetime | None = None
    source: str | None = None
    people: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    section: str | None = None
    access: Access | None = None
    story: str | None = None
    copies: tuple[Copy, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, paragraph by paragraph."""
        return tuple(self.body.split(PARAGRAPH_BREAK)) if self.body else ()

    @property
    def word_count(self) -> int:
        """How many words the body has."""
        return sum(1 for _ in re.finditer(WORD, self.body))

    @property
    def day(self) -> date | None:
        """The local day of publication, without the time."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A page that gave no article, and why.

    Attributes:
        location: Where the page was found.
        reason: One line for a person, without a full stop.
    """

    location: str
    reason: str


class Outcome(StrEnum):
    """What became of a page that was read; every page has exactly one."""

    ARTICLE = "article"  # its text is an article of the archive
    DUPLICATE = "duplicate"  # it holds an article that another page brought
    REJECTED = "rejected"  # it holds no article; the reason is kept
    UNCHANGED = "unchanged"  # it is as it was when it was last read; never in the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """What the ledger of an archive keeps of one page.

    Attributes:
        location: Where the page was found; unique in the ledger.
        outcome: What became of it when it was last read.
        stamp: Tells cheaply whether the page may have changed (size and times of the file);
            empty: read it again in any case.
        content_key: Key of its bytes, see `index.identity.content_key`; empty: unknown.
        article: Id of the article it holds. A rejected page has one where an earlier state
            of the page gave an article, which is kept.
        url: Address of the page, where known.
        reason: Why it was rejected.
        source: Publisher's name on a page that is a duplicate of an article of another publisher
            or day, where known; None with `day`: it says what the article says.
        day: Day of publication on such a page, where known.
    """

    location: str
    outcome: Outcome
    stamp: str = ""
    content_key: str = ""
    article: str | None = None
    url: str | None = None
    reason: str | None = None
    source: str | None = None
    day: date | None = None

    @property
    def tells(self) -> bool:
        """Whether it says of its article where or when else it was published."""
        return self.source is not None or self.day is not None
