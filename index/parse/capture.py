"""A text capture: the visible text of a page, line by line, as tools and people save it.

Strategy: fetch lines come off the top, wrapped lines are joined, and every line is told
apart by its look: prose, short line, furniture, or the mark behind which no article goes
on (comments, legal notices). The longest stretch of prose is the body. The title is the
line above it that looks most like one; between and around them bylines, dates and the
owner of the page are read, menus are passed over.

A page with no stretch of prose (an error page, a list of headlines, a consent wall) comes
out with a title and no paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from index.parse.captureroles import Role, is_index_of_headlines, read_roles
from index.parse.capturesource import capture_source
from index.parse.capturetitle import (
    DATELINE_COLUMNS,
    HEADLINE_COLUMNS,
    TITLE_COLUMNS,
    title_line,
)
from index.parse.dateline import without_dateline_tag
from index.parse.dates import parse_moment, url_date
from index.parse.fetchlines import FetchLines, read_fetch_lines
from index.parse.markdown import without_markdown
from index.parse.metadata import Metadata
from index.parse.outlets import outlet_in_title
from index.parse.repeats import without_repeats
from index.parse.secondlook import SecondLook
from index.parse.seendates import line_date
from index.parse.signatures import clean_names
from index.parse.signed import credited_authors
from index.parse.signedlines import line_authors
from index.parse.sitepages import PRODUCT, SITE_PAGE, names_site_page, sells
from index.parse.threads import THREAD, tells_posters
from index.parse.titles import SEPARATOR, folded, without_outlet
from index.parse.wrapping import columns, paragraph_lines

__all__ = ["Capture", "read_capture"]

# A later stretch of prose must be this much longer to be taken: what follows an article
# (comments, the next article) may be long.
LATER_IS_LONGER = 2.0
LATER_BELOW_END = 4.0  # what stands below "Comments" is mostly that
# So many lines without prose end a stretch: a box of related headlines does not,
# since bodies go on below it, a menu does.
MAX_GAP = 8
MAX_SUBHEADINGS = 3

# Of a longer text the rest is left out, so that reading ends in a second or two. The longest
# captures of real pages, live blogs with all comments, have some thousands of lines.
MAX_LINES = 20_000
LINES_BELOW_START = 10
LINES_BELOW_TITLE = 6  # in which a name alone signs
NOTICE_LINES = 3
MIN_LINKS = 5
MAX_SHOWN = 1000  # lines
LINES_OF_HEAD = 240  # in which a line may say the title without the outlet
NOTICE_COLUMNS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What a text capture holds.

    Attributes:
        metadata: Title, date, source and the like, as far as they were found.
        paragraphs: The article's text.
        status: HTTP status that a fetch line tells.
        link_share: Share of the text that looks like links, menus and headlines, where
            no article was found; 0 where one was.
        look: All that the capture shows.
    """

    metadata: Metadata
    paragraphs: tuple[str, ...] = ()
    status: int | None = None
    link_share: float = 0.0
    look: SecondLook = field(default_factory=SecondLook)


def _kind(lines: Sequence[str], headline: str | None, *, is_signed: bool) -> str | None:
    """Return what a capture is, where its lines tell it.

    The first may be the title of its window: it stands again as the headline, or the outlet stands
    behind, of which other lines speak, too. Else "Contact" is a word of the menu above an article.

    Args:
        lines: All of them.
        headline: The line above the text that is its title, if another than the first.
        is_signed: Whether it has a day or an author, as no page has that a site has about itself.
    """
    name, *outlet = SEPARATOR.split(lines[0]) if lines else [""]
    if not is_signed and names_site_page(name):
        others = "\n".join(map(folded, lines[1:]))
        is_window = len(outlet) == 1 and not names_site_page(outlet[0])
        if names_site_page(headline or "") or (is_window and folded(outlet[0]) in others):
            return SITE_PAGE
    if sells(lines):
        return PRODUCT
    return THREAD if tells_posters(lines) else None


def read_capture(text: str, told: Metadata | None = None) -> Capture:
    """Return the article in a text capture; no text makes it raise.

    Args:
        text: The capture.
        told: What is known of it from elsewhere, as if fetch lines said so.
    """
    fetched = read_fetch_lines(text.splitlines()[:MAX_LINES])
    if told:
        fetched = fetched.with_told(title=told.title, source=told.source)
    lines = paragraph_lines(without_markdown(fetched.rest))
    roles = read_roles(lines)
    start, end = _body_span(lines, roles)
    title_at = title_line(lines, roles, (start, end)) if start < end else None
    start = start + 1 if title_at == start < end else start
    title, outlet = _title(fetched, lines, title_at, has_body=start < end)
    if title and lines and not outlet:
        outlet = outlet_in_title(lines[0], [title])
    body = [lines[place] for place in _kept(roles, start, end) if place != title_at]
    body = [line for line in body if folded(line) != folded(title or "")]
    surroundings = [line for line in (*lines[:start], *lines[end:]) if line != title]
    near = _near(lines, roles, start, title_at) if start < end else []
    source = fetched.fields.get("source") or outlet
    source = source or capture_source(surroundings, body, near, fetched.fields.get("url"))
    outlets = (source,) if source else ()
    if body:
        body[0] = without_dateline_tag(body[0], outlets)
    published = (told and told.published) or _published(fetched, near)
    authors = _authors(fetched, near, outlets)
    headline = lines[title_at] if title_at else None
    return Capture(
        metadata=Metadata(
            title=title,
            published=published,
            source=source,
            authors=authors,
            language=_language(fetched),
            url=fetched.fields.get("url"),
            section=fetched.fields.get("section"),
            kind=_kind(lines, headline, is_signed=bool(published or authors)),
        ),
        paragraphs=without_repeats(body),
        status=fetched.status,
        link_share=0.0 if body else _link_share(lines, roles),
        look=_second_look(lines, roles),
    )


def _body_span(lines: Sequence[str], roles: Sequence[Role]) -> tuple[int, int]:
    """Return the half-open range of lines that the body is in; an empty one for none."""
    best, best_columns = (0, 0), 0.0
    for start, end in _stretches(roles):
        prose = sum(columns(lines[at]) for at in range(start, end) if roles[at] is Role.PROSE)
        is_below_end = Role.END in roles[best[1] : start]
        times = LATER_BELOW_END if is_below_end else LATER_IS_LONGER
        if prose > best_columns * (times if best_columns else 1):
            best, best_columns = (start, end), prose
    start, end = max(0, best[0] - 1), best[1]
    while end < len(roles) and roles[end] in {Role.SHORT, Role.SPEECH}:
        end += 1
    if is_index_of_headlines(lines[start:end], roles[start:end]):
        return 0, 0
    return best


def _link_share(lines: Sequence[str], roles: Sequence[Role]) -> float:
    links = [columns(line) for line, role in zip(lines, roles, strict=True) if role is Role.SHORT]
    return sum(links) / sum(map(columns, lines)) if len(links) >= MIN_LINKS else 0.0


def _second_look(lines: Sequence[str], roles: Sequence[Role]) -> SecondLook:
    """Return what a capture shows: menus have shorter lines than notices and headlines."""
    shown = list(zip(lines, roles, strict=True))[:MAX_SHOWN]
    return SecondLook(
        is_text=True,
        lines=tuple(line for line, _ in shown if columns(line) >= NOTICE_COLUMNS),
        headlines=frozenset(
            folded(line)
            for line, role in shown
            if role is Role.SHORT and columns(line) >= HEADLINE_COLUMNS
        ),
    )


def _stretches(roles: Sequence[Role]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for at, role in enumerate(roles):
        if start >= 0 and (role is Role.END or at - end > MAX_GAP):
            yield start, end
            start = -1
        if role is Role.PROSE:
            start = at if start < 0 else start
            end = at + 1
        elif role is Role.SPEECH and start >= 0 and at == end:
            end = at + 1  # "Yes," she said: a short sentence goes on from prose
    if start >= 0:
        yield start, end


def _kept(roles: Sequence[Role], start: int, end: int) -> Iterator[int]:
    """Yield the lines of the body: prose, short sentences, lists, single subheadings."""
    at = start
    while at < end:
        behind = at
        while behind < end and roles[behind] is Role.SHORT:
            behind += 1
        if 0 < behind - at <= MAX_SUBHEADINGS:
            yield from range(at, behind)
        if behind < end and roles[behind] in {Role.PROSE, Role.SPEECH, Role.ITEM}:
            yield behind
        at = behind + 1


def _title(
    fetched: FetchLines, lines: Sequence[str], title_at: int | None, *, has_body: bool
) -> tuple[str | None, str | None]:
    """Return the title, and the outlet that was named beside it."""
    # Where nothing looks like a title, it is told what the page is ("403 Forbidden").
    notice = None if has_body else max(lines[:NOTICE_LINES], key=columns, default=None)
    found = lines[title_at] if title_at is not None else notice
    title = fetched.fields.get("title") or found
    if title is None or columns(title) >= TITLE_COLUMNS.stop:
        return None, None
    source = folded(fetched.fields.get("source", ""))
    others = {folded(line) for line in lines[:LINES_OF_HEAD]} - {folded(title)}
    bare = without_outlet(title, {source} if source else set(), others)
    outlet = title.removeprefix(bare).strip(" |-–—·•:") if title.startswith(bare) else ""
    return bare, outlet or None


def _near(
    lines: Sequence[str], roles: Sequence[Role], start: int, title_at: int | None
) -> list[str]:
    """Return the short lines by the title and the start of the body: bylines, datelines."""
    title_at = start if title_at is None else title_at
    behind = range(title_at + 1, min(max(title_at, start) + LINES_BELOW_START, len(lines)))
    before = range(title_at - 1, max(-1, title_at - 4), -1)
    return [
        lines[at]
        for at in (*behind, *before)
        if roles[at] is not Role.PROSE and columns(lines[at]) <= DATELINE_COLUMNS
    ]


def _published(fetched: FetchLines, near: Sequence[str]) -> date | datetime | None:
    """Return the day told above the text, else beside the title, else in the address."""
    if declared := parse_moment(fetched.fields.get("published", "")):
        return declared
    url = fetched.fields.get("url")
    return (
        next(filter(None, map(_dated, near)), None)
        or (url_date(url) if url else None)
        or parse_moment(fetched.fields.get("day", ""))
    )


def _dated(line: str) -> date | datetime | None:
    day, moment = line_date([line], None, None), parse_moment(line)
    return moment if isinstance(moment, datetime) and moment.date() == day else day


def _authors(fetched: FetchLines, near: Sequence[str], outlets: tuple[str, ...]) -> tuple[str, ...]:
    declared = fetched.fields.get("authors")
    if declared:
        return clean_names([declared], outlets)
    alone = _by_a_day(near[:LINES_BELOW_TITLE])
    return credited_authors(line_authors(near, outlets), alone, "".join(outlets))


def _by_a_day(lines: Sequence[str]) -> list[str]:
    """Return the lines that stand right by one with a day: what is no rubric or caption there."""
    days = {at for at, line in enumerate(lines) if line_date([line], None, None)}
    return [line for at, line in enumerate(lines) if days.intersection(range(at - 1, at + 3))]


def _language(fetched: FetchLines) -> str | None:
    tag = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", fetched.fields.get("language", ""))
    return tag[0].lower() if tag else None
