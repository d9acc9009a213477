"""Which of a page's dates is the day of publication?

Strategy: `declared_dates` yields what tags and the address say, best place first; the
first plausible day wins. Where they are silent, `mark_date` looks at elements whose names
say that they hold a date, then `line_date` at the lines by the title. When a page was
modified is asked last. Then `local_day` restores the local day: some sites give their
times in UTC alone, where an article of an evening in America carries the next day.

The order follows what was measured on 478 pages whose day is known; share that was right
where the place says anything: article:published_time .97, JSON-LD .95, datePublished as
microdata .96, address .98, time elements .86, their visible text .76. The address names
no time, so it comes after the first three. A day that is seen never overrules one that is
declared: of 37 pages where they differed the declared one was right on 33, and the other
was an update or the day of another article. Only for the last hours of a day in UTC
`seen_day` takes the next day, if the page shows that.

Two that are declared come after what is seen (`doubted_dates`): when the text was
begun, which was another day on 8 pages of 36, and a bare "date" on the day of the last change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeGuard

from index.parse.dates import parse_moment, url_date
from index.parse.jsonld import LinkedData, text_of

if TYPE_CHECKING:
    from index.parse.head import Head

__all__ = [
    "declared_dates",
    "doubted_dates",
    "local_day",
    "may_be_next_day",
    "seen_day",
]

FIRST_META_NAMES = ("article:published_time", "og:article:published_time", "og:published_time")
META_NAMES = (
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article:published",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "date.created",
    "date.available",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published-date",
    "pubdate",
    "published_at",
    "citation_publication_date",
    "citation_date",
    "bt:pubdate",
    "rnews:datepublished",
)
# Names that are not listed, but say it: "article:published:time", "prism.publicationdate".
PUBLISHED_NAME = re.compile(
    r"(?:^|[.:#/_-])(?<!last[.:_-])(?:date)?"
    r"(?:publish(?!er)|publication[_-]?(?:date|time)|pubda[ty]|firstcreate)"
)
# Names that some systems use for the day of the last change or of the request.
LOOSE_META_NAMES = ("dc.date", "dcterms.date", "dc:date", "date", "article_date_original")
CHANGED_META_NAMES = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")

# Some sites put the day behind the headline: "Flood | Politics | 03.01.2026".
TITLE_MARK = re.compile(r"\s[|\u2013\u2014-]\s")
MAX_TITLE_DAY = 30  # characters; a longer part that names a day is a headline
# Zones of the world reach from UTC-12 to UTC+14.
EVENING, MORNING = 22, 8  # o'clock in UTC: midnight in Central Europe and on the Pacific
NIGHT = timedelta(hours=2)
WEST, EAST = timedelta(hours=12), timedelta(hours=14)


def declared_dates(
    head: Head, linked: LinkedData, urls: Sequence[str | None], locale: str | None
) -> Iterator[date | datetime]:
    """Yield the dates in meta tags, JSON-LD and the page's address, best place first."""
    texts = [
        *head.values(*FIRST_META_NAMES),
        *_texts(linked.get("datePublished")),
        *head.values(*META_NAMES),
        *head.values(*filter(_says_published, head.metas)),
    ]
    yield from _moments(dict.fromkeys(texts), locale)
    yield from filter(None, (url_date(url) for url in urls if url))
    if loose := head.values(*LOOSE_META_NAMES):
        changed = _days_of_change(head, linked, locale)
        yield from (moment for moment in _moments(loose, locale) if _day(moment) not in changed)
    yield from _moments(_title_parts(head.title), locale)


def _says_published(name: str) -> bool:
    # Most names of tags have none of these, and asking is cheaper than searching.
    return ("pub" in name or "create" in name) and PUBLISHED_NAME.search(name) is not None


def doubted_dates(head: Head, linked: LinkedData, locale: str | None) -> Iterator[date | datetime]:
    """Yield the dates in tags that count only where no other place has any."""
    yield from _moments(head.values(*LOOSE_META_NAMES), locale)
    yield from _moments(_texts(linked.get("dateCreated")), locale)


def _days_of_change(head: Head, linked: LinkedData, locale: str | None) -> set[date]:
    texts = [*head.values(*CHANGED_META_NAMES), *_texts(linked.get("dateModified"))]
    return set(map(_day, _moments(texts, locale)))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _title_parts(title: str | None) -> list[str]:
    """Return the parts of a title that may be a day: behind a bar or a dash, and short."""
    parts = TITLE_MARK.split(title or "")[1:]
    return [part for part in parts if len(part) <= MAX_TITLE_DAY and part[-4:].isdecimal()]


def _texts(value: object) -> list[str]:
    text = str(value) if isinstance(value, int) else text_of(value)
    return [text] if text else []


def _moments(texts: Iterable[str], locale: str | None) -> Iterator[date | datetime]:
    return (moment for text in texts if (moment := parse_moment(text, locale)))


def local_day(published: date | datetime, others: Iterable[date | datetime]) -> date | datetime:
    """Return when it was published by the publisher's clock.

    Args:
        published: The date that won.
        others: The other dates of the page.

    Returns:
        The same, unless it is in UTC, or near midnight without a zone, which often is UTC:
        then the same moment with the publisher's zone, or a neighbouring day if another date
        of the page names that and a zone can explain it.
    """
    if not isinstance(published, datetime) or not _may_be_utc(published):
        return published
    moment = published.replace(tzinfo=UTC)
    days = moment - WEST, moment + EAST
    for other in others:
        if isinstance(other, datetime) and other.tzinfo is not None:
            if other.tzinfo is not UTC and abs(other - moment) < timedelta(minutes=1):
                return other
            continue
        day = other.date() if isinstance(other, datetime) else other
        if day != published.date() and days[0].date() <= day <= days[1].date():
            return other
    return published


def _may_be_utc(published: datetime) -> bool:
    near_midnight = published.hour >= EVENING or published.hour < MORNING
    return published.tzinfo is UTC or (published.tzinfo is None and near_midnight)


def may_be_next_day(published: date | datetime) -> TypeGuard[datetime]:
    """Return whether it was the next day in Europe at a moment in UTC."""
    if not isinstance(published, datetime) or published.tzinfo is not UTC:
        return False
    return published.hour >= EVENING


def seen_day(published: datetime, shown: date | datetime | None) -> date | datetime:
    """Return the next day if an element of the page shows that, else the moment.

    Args:
        published: A moment in UTC, before midnight.
        shown: What an element shows whose names say that it holds a date; a time of day in it
            must differ by whole hours.
    """
    next_day = (published + NIGHT).date()
    if isinstance(shown, datetime):
        fits = shown.minute == published.minute and shown.date() == next_day
    else:
        fits = shown == next_day
    return next_day if fits else published
