"""When was it published? Texts to days and moments.

Strategy: a text is made plain (one kind of space, no marks of direction, lower case);
then each shape in which dates are written (dateshapes.py) is one regular expression with one
function that reads its groups. The reading that starts first in the text wins; one that names
no real day is skipped.

Rule 1: a day that is written as 03/04/2026 is the 3rd of April unless the locale is
American. Rule 2: a year of the Buddhist, Persian, Japanese or Minguo calendar is
converted. Rule 3: what is no date is None; nothing raises.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from index.parse.dateshapes import READERS, day_of
from index.parse.months import month_number

__all__ = ["find_date", "is_plausible", "parse_moment", "url_date"]

FIRST_YEAR = 1700  # older than any newspaper in an archive: an error of the page
UNSET = date(1970, 1, 1)  # what programs take for the day that they do not know
FUTURE_DAYS = 2  # time zones make one day; clocks and embargoes another
MAX_CHARS = 400  # a dateline is short; what is longer is cut

# Sizes of Unix times that fall between 1980 and 2100: seconds and milliseconds.
UNIX_TIME = re.compile(r"(\d{9,10})(?:\d{3})?")
# As nearly all programs write it, and Python reads it; other years may be of other calendars.
ISO_MOMENT = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
    r"(?:[Zz]|[+-](?:0\d|1[0-4]):[0-5]\d)?",
    re.ASCII,
)
COMPACT = re.compile(
    r"((?:1[7-9]|20)\d\d)(\d\d)(\d\d)(?:t?(\d\d):?(\d\d):?(\d\d)?)?(z|[+-]\d\d:?\d\d)?"
)
CLOCK = re.compile(
    r"(?<![\d.:])(오후|下午|午後|p\.?m\.?)?\s?([01]?\d|2[0-3])\s?[:.h時时点시]\s?([0-5]\d)(?!\d)(?:[:.分]([0-5]?\d)(?:[.,]\d{1,9})?)?"
    r"\s{0,2}([ap]\.?m\b\.?)?\s{0,2}\(?"
    r"((?:utc|gmt)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}(?::?\d{2})?(?![\d-])|[a-z]{1,4}\b)?"
)
OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?")
MAX_OFFSET_HOURS = 14
NOON = 12
CLOCK_REACH = 40  # characters between a date and its time: weekday, dash, "at", "Updated"
# Hours east of Greenwich of the zone letters that are printed; those that mean several
# zones ("IST", "CST" in China) have the meaning of American, British and European pages.
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2,
    "mesz": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3, "eat": 3, "pkt": 5, "wib": 7, "sgt": 8,
    "hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5,
    "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "brt": -3,
}  # fmt: skip

SPACES = re.compile(r"[\s\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
JOINER = "\u200d"  # within a month of Sinhala; the table is without
DIGIT = re.compile(r"\d")

# A URL names its day as /2026/01/03/ or /2026-01-03- or /20260103/.
URL_DAY = re.compile(
    r"[/_.=-]((?:19|20)\d\d)([/_.-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d)"
)
# Numbers of articles begin with their day: /AKR20260103094500001, /2026010312345. Those of web
# archives do, too, and say when a page was saved.
URL_NUMBER = re.compile(
    r"[/=][a-z]{0,5}(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_?\d{3,12}(?=$|[/?#&._-])"
    r"(?!/https?:)",
    re.IGNORECASE,
)
URL_MONTH_WORD = re.compile(r"/((?:19|20)\d\d)/([a-z]{3})/(\d{1,2})(?!\d)")


def is_plausible(moment: date, today: date | None = None) -> bool:
    """Return whether an article can have been published then.

    Args:
        moment: A day, or a day and time.
        today: The day to call today; for tests.
    """
    day = moment.date() if isinstance(moment, datetime) else moment
    today = today or datetime.now(tz=UTC).date()
    in_range = day.year >= FIRST_YEAR and day <= today + timedelta(days=FUTURE_DAYS)
    return in_range and day != UNSET


def find_date(text: str, locale: str | None = None) -> date | None:
    """Return the first day that a text names, as datelines of pages do.

    Args:
        text: Visible text; only its first characters are read.
        locale: Language tag of the page such as "en-US", where known: it tells how
            03/04/2026 is meant and which month "listopada" is.

    Example:
        >>> find_date("Mis à jour le 1er février 2026 à 18h05")
        datetime.date(2026, 2, 1)
    """
    found = _find(_plain(text), (locale or "").lower())
    return found[0] if found else None


def parse_moment(text: str, locale: str | None = None) -> date | datetime | None:
    """Return the day, or the day and time, that a value of metadata names.

    Midnight to the second is what programs write that know the day only: it is a day.

    Args:
        text: ISO 8601, Unix time, or anything that `find_date` reads.
        locale: See `find_date`.

    Example:
        >>> parse_moment("Sat, 03 Jan 2026 09:30:00 +0100").isoformat()
        '2026-01-03T09:30:00+01:00'
    """
    if ISO_MOMENT.fullmatch(text) and (moment := _from_iso(text)):
        return moment
    plain = _plain(text)
    if (unix := UNIX_TIME.fullmatch(plain)) and unix[1][0] != "0":
        return datetime.fromtimestamp(int(unix[1]), UTC)
    if compact := COMPACT.fullmatch(plain):
        year, month, day, hour, minute, second, zone = compact.groups()
        plain = f"{year}-{month}-{day}"
        plain += f"t{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    found = _find(plain, (locale or "").lower())
    return _with_clock(plain, *found) if found else None


def _from_iso(text: str) -> date | datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:  # the 30th of February
        return None
    return moment if moment.time() != time(0) else moment.date()


def url_date(url: str) -> date | None:
    """Return the day that an address names, as `/2026/01/03/`, `/2026/jan/03/` or in a number.

    Example:
        >>> url_date("https://example.org/news/2026/jan/03/flood")
        datetime.date(2026, 1, 3)
    """
    if match := URL_DAY.search(url):
        return day_of(int(match[1]), int(match[3]), int(match[4]))
    if match := URL_MONTH_WORD.search(url):
        return day_of(int(match[1]), month_number(match[2]), int(match[3]))
    if match := URL_NUMBER.search(url):
        return day_of(int(match[1]), int(match[2]), int(match[3]))
    return None


def _plain(text: str) -> str:
    return SPACES.sub(" ", text[:MAX_CHARS].replace(JOINER, "")).strip().lower()


def _find(plain: str, locale: str) -> tuple[date, int, int] | None:
    """Return the first day in a plain text, and where it starts and ends."""
    first: tuple[date, int, int] | None = None
    if not DIGIT.search(plain):
        return None
    for reader in READERS:
        if first and first[1] == 0:  # nothing starts before
            break
        if reader.sign not in plain:
            continue
        for match in reader.pattern.finditer(plain):
            if first and match.start() >= first[1]:
                break
            if day := reader.read(match.groups(), locale):
                first = (day, match.start(), match.end())
                break
    return first


def _with_clock(plain: str, day: date, start: int, end: int) -> date | datetime:
    """Return the day with the time that stands behind, inside or before it."""
    inside = plain[start:end] if ":" in plain[start:end] else ""
    for text in (plain[end : end + CLOCK_REACH], inside, plain[:start][-CLOCK_REACH:]):
        if clock := CLOCK.search(text):
            return _at(day, clock)
    return day


def _at(day: date, clock: re.Match[str]) -> date | datetime:
    afternoon, hour, minute, second, half, zone = clock.groups()
    hours = int(hour)
    half = half or ("p" if afternoon else None)
    if half and 1 <= hours <= NOON:
        hours = hours % NOON + (NOON if half.startswith("p") else 0)
    moment = time(hours, int(minute), int(second or 0))
    return datetime.combine(day, moment, _zone(zone)) if moment != time(0) else day


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in ZONES:
        return timezone(timedelta(hours=ZONES[text])) if ZONES[text] else UTC
    offset = OFFSET.fullmatch(text)
    if not offset or int(offset[2]) > MAX_OFFSET_HOURS:
        return None
    east = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-east if offset[1] == "-" else east) if east else UTC
