"""Say why what was found in a page is no article.

Strategy: an article is text. A page with enough running text is one, whatever its title
or its status says (an archive's fetch log may note a 403 beside a page that came after
all). Only where there is little text is it asked what the page is instead: an error, a
wall, a check for robots, a list of headlines. The wording of these pages is much the same
in all languages, so a list of phrases knows them.

Rule 1: rather an odd page indexed than an article lost: two sentences under a photo are
    an article, if nothing says otherwise.
Rule 2: a phrase alone rejects only a page as short as such pages are; a longer page about
    cookies or outages is news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from index.parse.walls import (
    CODE_LINE,
    CONSENT,
    CONSENT_WORD,
    ERROR,
    LOGIN,
    MISSING,
    ROBOT_CHECK,
    SUBSCRIPTION,
)
from index.parse.widths import width

__all__ = ["LONGEST_TEASER", "rejection"]

# Error pages, walls and robot checks are shorter (with their help texts); consent walls
# explain at length.
LONGEST_ERROR = 600
LONGEST_CONSENT = 6000
CONSENT_WORDS_PER_1000_CHARS = 4
# "Photo: A. Smith" is no article, "Heavy rain in Lund." could be.
SHORTEST_ARTICLE = 20
# A paragraph this long is running text; headlines and teasers of index pages are shorter.
RUNNING_TEXT = 160
LINKED_INDEX = 0.6
LINKED_EMPTY = 0.4
LINKED_TEASERS = 0.4
LONGEST_TEASER = 250
"""With a longer paragraph no page is an index, however many links it has."""
IDEOGRAPH_WIDTH = 3

# Control characters of ASCII and Latin-1, and the mark of undecodable bytes. A page in a
# wrong encoding has fewer of them.
NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
SAMPLE = 2000
MOST_NOISE = 0.1
ARTICLE_KIND = re.compile(r"article|posting|report|review|live")
FIRST_ERROR = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a page when it is judged."""

    lines: tuple[str, ...]
    chars: int
    longest: int
    kind: str
    status: int | None
    link_share: float
    has_date_or_author: bool

    def says(self, phrase: re.Pattern[str]) -> bool:
        """Return whether a page as short as an error page has a short line with the phrase."""
        return self.chars <= LONGEST_ERROR and any(
            len(line) < RUNNING_TEXT and phrase.search(line) for line in self.lines
        )


def rejection(
    *,
    title: str | None,
    paragraphs: Sequence[str],
    kind: str | None,
    status: int | None,
    link_share: float,
    has_date_or_author: bool,
) -> str | None:
    """Return why a page is no article, or None if it is one.

    Args:
        title: Its headline, if any.
        paragraphs: The text that was found in it.
        kind: What the page says it is (`og:type`, JSON-LD `@type`), in lower case.
        status: HTTP status that was seen when it was fetched.
        link_share: Share of its visible text that stands in links.
        has_date_or_author: Whether it says when it was published or who wrote it.

    Example:
        >>> rejection(
        ...     title="404 Not Found", paragraphs=["nginx"], kind=None,
        ...     status=None, link_share=0.0, has_date_or_author=False,
        ... )
        'page not found'
    """
    widths = [_width(paragraph) for paragraph in paragraphs]
    evidence = Evidence(
        lines=tuple(filter(None, (title, *paragraphs))),
        chars=sum(widths),
        longest=max(widths, default=0),
        kind=kind or "",
        status=status,
        link_share=link_share,
        has_date_or_author=has_date_or_author,
    )
    return next(filter(None, (check(evidence) for check in CHECKS)), None)


def _unreadable(page: Evidence) -> str | None:
    """Tell what was never text: a picture, an archive, the wrong encoding throughout."""
    sample = "".join(page.lines)[:SAMPLE]
    noise = len(NOISE.findall(sample))
    return "no readable text" if noise > MOST_NOISE * len(sample) else None


def _error(page: Evidence) -> str | None:
    if page.chars > LONGEST_ERROR or page.longest >= RUNNING_TEXT:
        return None
    code = _code(page)
    if code in {404, 410} or page.says(MISSING):
        return "page not found"
    if code:
        return f"error page ({code} {_phrase(code)})".replace(" )", ")")
    return "error page" if page.says(ERROR) else None


def _code(page: Evidence) -> int | None:
    """Return the HTTP status of an error that the fetch log or a line of the page tells."""
    if page.status and page.status >= FIRST_ERROR:
        return page.status
    found = next(filter(None, map(CODE_LINE.search, page.lines)), None)
    return int(found[found.lastgroup or 0]) if found else None


def _phrase(code: int) -> str:
    return HTTPStatus(code).phrase if code in set(HTTPStatus) else ""


def _robot_check(page: Evidence) -> str | None:
    found = not page.has_date_or_author and page.says(ROBOT_CHECK)
    return "check for robots or JavaScript" if found else None


def _consent_wall(page: Evidence) -> str | None:
    if page.has_date_or_author or page.chars > LONGEST_CONSENT:
        return None
    if not any(map(CONSENT.search, page.lines)):
        return None
    words = sum(len(CONSENT_WORD.findall(line)) for line in page.lines)
    return "consent wall" if words * 1000 >= CONSENT_WORDS_PER_1000_CHARS * page.chars else None


def _subscription_wall(page: Evidence) -> str | None:
    found = page.longest < RUNNING_TEXT and page.says(SUBSCRIPTION)
    return "subscription wall" if found else None


def _login_wall(page: Evidence) -> str | None:
    found = not page.has_date_or_author and page.says(LOGIN)
    return "login wall" if found else None


def _index_page(page: Evidence) -> str | None:
    """Tell a list of headlines: much of it in links, and no paragraph longer than a teaser.

    A page that calls itself an article may be a short one among many links, and so may
    one with a day or an author, unless nearly all of it is links.
    """
    if ARTICLE_KIND.search(page.kind) and page.has_date_or_author:
        return None
    if not page.chars:
        linked, longest = LINKED_EMPTY, 0
    elif page.has_date_or_author and page.kind != "website":
        linked, longest = LINKED_INDEX, RUNNING_TEXT
    else:
        linked, longest = LINKED_TEASERS, LONGEST_TEASER
    is_index = page.link_share >= linked and page.longest <= longest
    return "index page of headlines" if is_index else None


def _no_text(page: Evidence) -> str | None:
    return "no article text found" if page.chars < SHORTEST_ARTICLE else None


CHECKS = (
    _unreadable,
    _error,
    _robot_check,
    _consent_wall,
    _subscription_wall,
    _login_wall,
    _index_page,
    _no_text,
)


def _width(text: str) -> int:
    """Return a length in which an ideograph counts as the word that it is."""
    if len(text) >= LONGEST_ERROR:
        return len(text)
    return width(text, IDEOGRAPH_WIDTH)
