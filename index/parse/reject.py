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
Rule 3: what comes out as next to nothing, or reads like a list, is looked at a second time
    (`secondlook`), so that the reason is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from http import HTTPStatus

from index.parse.errorpages import BLOCKED, CODE_LINE, ERROR, MISSING, ROBOT_CHECK
from index.parse.evidence import ARTICLE_KIND, LONGEST_ERROR, RUNNING_TEXT, Evidence, width
from index.parse.listings import LONGEST_TEASER, is_listing, is_profile
from index.parse.secondlook import SecondLook
from index.parse.sitepages import PRODUCT, SITE_PAGE, names_site_page
from index.parse.threads import FORUM, POSTER, THREADS, is_thread
from index.parse.walls import (
    CONSENT,
    CONSENT_WORD,
    LEGAL_LINE,
    LOGIN,
    SIGN_UP,
    SUBSCRIPTION,
)

__all__ = ["LONGEST_TEASER", "rejection"]

# Consent walls explain at length.
LONGEST_CONSENT = 6000
CONSENT_WORDS_PER_1000_CHARS = 4
# "Photo: A. Smith" is no article, "Heavy rain in Lund." could be.
SHORTEST_ARTICLE = 20
SENTENCE = 80
LINKED_INDEX = 0.6
LINKED_EMPTY = 0.4
LINKED_TEASERS = 0.4
# A page with so many headlines in links is a list of them whatever its forms say; with fewer
# than the lesser number they are those beside an empty place.
MANY_HEADLINES = 12
FEWEST_HEADLINES = 4
INDEX = "index page of headlines"
NO_TEXT = "no article text found"
PLAYER = "video or sound without text"
PROFILE = "profile of an author"
SHOP = "page of a shop"
PRODUCT_KIND = re.compile(rf"(?:og:)?{PRODUCT}(?:[.:]\w+)?")
THREAD = "forum thread without an article"

# Control characters of ASCII and Latin-1, and the mark of undecodable bytes. A page in a
# wrong encoding has fewer of them.
NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
SAMPLE = 2000
MOST_NOISE = 0.1
FIRST_ERROR = 400


def rejection(
    *,
    title: str | None,
    paragraphs: Sequence[str],
    kind: str | None,
    status: int | None,
    link_share: float,
    has_date_or_author: bool,
    outlet: str = "",
    look: Callable[[], SecondLook] | None = None,
) -> str | None:
    """Return why a page is no article, or None if it is one.

    Args:
        title: Its headline, if any.
        paragraphs: The text that was found in it.
        kind: What the page says it is (`og:type`, JSON-LD `@type`), in lower case.
        status: HTTP status that was seen when it was fetched.
        link_share: Share of its visible text that stands in links.
        has_date_or_author: Whether it says when it was published or who wrote it.
        outlet: What its site is called.
        look: Looks at the page a second time; asked only where that may tell more.

    Example:
        >>> rejection(
        ...     title="404 Not Found", paragraphs=["nginx"], kind=None,
        ...     status=None, link_share=0.0, has_date_or_author=False,
        ... )
        'page not found'
    """
    lines = [title or "", *paragraphs]
    chars = sum(map(len, paragraphs))
    told = paragraphs
    # Of longer texts it does not matter how wide their letters are.
    if chars <= (LONGEST_ERROR if has_date_or_author else LONGEST_CONSENT):
        chars = sum(map(width, paragraphs))
    if chars <= LONGEST_ERROR:
        told = [paragraph for paragraph in paragraphs if not LEGAL_LINE.search(paragraph)]
        chars = sum(map(width, told))
    evidence = Evidence(
        lines=tuple(filter(None, lines)),
        chars=chars,
        longest=width(max(told, key=len, default="")),
        kind=kind or "",
        status=status,
        link_share=link_share,
        has_date_or_author=has_date_or_author,
        title=title or "",
    )
    reason = next(filter(None, (check(evidence) for check in CHECKS)), None)
    if look is None:
        return reason
    if reason in {INDEX, NO_TEXT}:
        return _refined(evidence, look())
    if reason := reason or _told(evidence, look) or _site_or_shop(evidence, look):
        return reason
    if not evidence.is_declared and is_thread(paragraphs, outlet, look):
        return THREAD
    # A list below a few sentences on its author has days of its own.
    may_be_profile = not has_date_or_author or evidence.longest == chars <= LONGEST_TEASER
    if may_be_profile and is_profile(evidence.title, evidence.kind, paragraphs):
        return INDEX if len(look().headlines) >= FEWEST_HEADLINES else PROFILE
    is_list = not evidence.is_declared and is_listing(
        title=evidence.title,
        kind=evidence.kind,
        paragraphs=paragraphs,
        longest=evidence.longest,
        look=look,
    )
    return INDEX if is_list else None


def _site_or_shop(page: Evidence, look: Callable[[], SecondLook]) -> str | None:
    # The title of a capture is found among its lines, and may be of a menu.
    is_named = names_site_page(page.title, page.kind) and not look().is_text
    if is_named or page.kind == SITE_PAGE:
        return SITE_PAGE
    is_ware = PRODUCT_KIND.fullmatch(page.kind) and not page.has_date_or_author
    return SHOP if is_ware else None


def _refined(page: Evidence, seen: SecondLook) -> str:
    """Return the reason for which a page without an article is rejected, by all that it shows."""
    has_many = len(seen.headlines) >= MANY_HEADLINES
    checks = (_blocked, _error) if has_many else CHECKS[1:-2]
    shown = _as_shown(page, seen)
    if told := next(filter(None, (check(shown) for check in checks)), None):
        return told
    if seen.asks_password and not has_many:
        return "login wall"
    if seen.has_player and not has_many:
        return PLAYER
    has_some = len(seen.headlines) >= FEWEST_HEADLINES or page.chars >= RUNNING_TEXT // 2
    return INDEX if has_some else NO_TEXT


def _told(page: Evidence, look: Callable[[], SecondLook]) -> str | None:
    """Tell a thread, a player or a wall whose marks lie outside the little text that was found."""
    if page.chars > LONGEST_ERROR or ARTICLE_KIND.search(page.kind):
        return None
    seen = look()
    if told := _beside_dates(page, seen):
        return told
    if page.has_date_or_author:
        return None
    is_form = seen.asks_password and page.chars <= LONGEST_TEASER
    if is_form and len(seen.headlines) < MANY_HEADLINES:
        return "login wall"
    if not seen.is_text:  # in markup the notices of forms are hidden until they are needed
        return None
    shown = _as_shown(page, seen)
    checks = (_blocked, _error, _robot_check, _consent_wall, _subscription_wall)
    return next(filter(None, (check(shown) for check in checks)), None)


def _beside_dates(page: Evidence, seen: SecondLook) -> str | None:
    """Tell what has days and authors of its own: a thread, or a player with a line below it."""
    if _as_shown(page, seen).says(POSTER):
        return THREAD
    return PLAYER if seen.has_player and page.chars < SENTENCE else None


def _as_shown(page: Evidence, seen: SecondLook) -> Evidence:
    lines = tuple(filter(None, (page.title, *seen.lines)))
    return replace(
        page,
        lines=lines,
        chars=sum(map(width, lines)),
        longest=0,
        is_refined=True,
        has_date_or_author=False,
    )


def _unreadable(page: Evidence) -> str | None:
    """Tell what was never text: a picture, an archive, the wrong encoding throughout."""
    sample = "".join(page.lines)[:SAMPLE]
    noise = len(NOISE.findall(sample))
    return "no readable text" if noise > MOST_NOISE * len(sample) else None


def _error(page: Evidence) -> str | None:
    if not page.is_refined and page.chars > LONGEST_ERROR:
        return None
    if page.longest >= RUNNING_TEXT and page.has_date_or_author:
        return None
    if page.is_declared and page.longest >= SENTENCE:  # a short one about such a page
        return None
    code = _code(page) if page.longest < RUNNING_TEXT else None
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


def _forum(page: Evidence) -> str | None:
    """Tell a thread of a forum, which warns of scripts that are off as checks for robots do.

    Its program may declare it; the comments below an article are declared within the article.
    """
    is_thread = page.kind in THREADS or (page.is_refined and page.says(FORUM))
    return THREAD if is_thread else None


def _robot_check(page: Evidence) -> str | None:
    found = not page.has_date_or_author and page.says(ROBOT_CHECK)
    return "check for robots or JavaScript" if found else None


def _blocked(page: Evidence) -> str | None:
    found = not page.has_date_or_author and page.says(BLOCKED)
    return "blocked for this region or browser" if found else None


def _consent_wall(page: Evidence) -> str | None:
    if page.has_date_or_author or page.chars > LONGEST_CONSENT:
        return None
    if not any(map(CONSENT.search, page.lines)):
        return None
    words = sum(len(CONSENT_WORD.findall(line)) for line in page.lines)
    return "consent wall" if words * 1000 >= CONSENT_WORDS_PER_1000_CHARS * page.chars else None


def _subscription_wall(page: Evidence) -> str | None:
    is_short = page.longest < RUNNING_TEXT or not page.has_date_or_author
    found = is_short and page.says(SUBSCRIPTION)
    return "subscription wall" if found else None


def _login_wall(page: Evidence) -> str | None:
    found = not page.has_date_or_author and page.says(LOGIN)
    return "login wall" if found else None


def _sign_up(page: Evidence) -> str | None:
    found = not page.has_date_or_author and page.says(SIGN_UP)
    return "sign-up form" if found else None


def _index_page(page: Evidence) -> str | None:
    """Tell a list of headlines: much of it in links, and no paragraph longer than a teaser.

    A page that calls itself an article may be a short one among many links, and so may
    one with a day or an author, unless nearly all of it is links.
    """
    if page.is_declared:
        return None
    if not page.chars:
        linked, longest = LINKED_EMPTY, 0
    elif page.has_date_or_author and page.kind != "website":
        linked, longest = LINKED_INDEX, RUNNING_TEXT
    else:
        linked, longest = LINKED_TEASERS, LONGEST_TEASER
    is_index = page.link_share >= linked and page.longest <= longest
    return INDEX if is_index else None


def _no_text(page: Evidence) -> str | None:
    return NO_TEXT if page.chars < SHORTEST_ARTICLE else None


CHECKS = (
    _unreadable,
    _blocked,
    _error,
    _forum,
    _robot_check,
    _consent_wall,
    _subscription_wall,
    _login_wall,
    _sign_up,
    _index_page,
    _no_text,
)
