"""The shapes in which dates are written: what each looks like, and how it is read.

Shapes are the same for all languages; the months are in months.txt. A new language mostly needs
a line there, and a shape only if it puts words of its own between year, month and day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from index.parse.months import month_number, persian_month

__all__ = ["READERS", "day_of"]

MONTHS_OF_YEAR = 12
CENTURY = 100
PERSIAN_START = 1300
THAI_CENTURY = 2500  # "3 ม.ค. 69" is a day of the year 2569

# Not \w+: the vowel signs of Hindi and Bengali are no letters to `re`, and Thai
# abbreviations have full stops inside. Some Levantine and Irish months are pairs of words.
WORD = r"[^\W\d_][^\s\d,;:()|/_\[\]-]{1,14}"
NAME = rf"(?:(?:كانون|تشرين)\s(?:الثاني|الأول|الاول)|(?:meán|deireadh)\sfómhair|{WORD})"
ORDINAL = r"(?:st|nd|rd|th|er|re|ro|do|ος|ης|η|º|ª|°|-?a|-го)?"
# What may stand between a day, its month and its year.
OF_MONTH = r"(?:(?:de|di|of|ng|ខែ)\s{1,2}|ta['’]\s|d['’]\s{0,2})?"
OF_YEAR = r"(?:(?:de|del|du|พ\.ศ\.|ឆ្នាំ|ماه)\s)?"
AMERICAN = re.compile(r"en(?:-(?:us|ph))?")


class Reader(NamedTuple):
    """One shape of a date: how it looks, what its groups mean, and a sign that it always has."""

    pattern: re.Pattern[str]
    read: Callable[[tuple[str, ...], str], date | None]
    sign: str = ""


BUDDHIST_YEARS = range(2400, 2700)  # in Thailand
PERSIAN_YEARS = range(PERSIAN_START, 1500)  # 1921 to 2121


def day_of(year: int, month: int | None, day: int) -> date | None:
    """Return the day, after the year was made Gregorian; None: there is none."""
    if month is None:
        return None
    if year in BUDDHIST_YEARS:
        year -= 543
    if year in PERSIAN_YEARS:
        return _persian_day(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _persian_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of the Solar Hijri calendar, by its 33-year cycle."""
    if month not in range(1, 13) or day not in range(1, 32):
        return None
    days = (
        365 * (year - PERSIAN_START) + _persian_leap_days(year) - _persian_leap_days(PERSIAN_START)
    )
    days += 30 * (month - 1) + min(month - 1, 6) + day - 1
    return date(1921, 3, 21) + timedelta(days=days)


def _persian_leap_days(year: int) -> int:
    cycle, year_of_cycle = divmod(year + 1595, 33)
    return 8 * cycle + (year_of_cycle + 3) // 4


def _numbers_ymd(groups: tuple[str, ...], _: str) -> date | None:
    return day_of(int(groups[0]), int(groups[-2]), int(groups[-1]))


def _numbers_dmy(groups: tuple[str, ...], locale: str) -> date | None:
    first, mark, second, year_text = groups
    day, month = int(first), int(second)
    american = mark in {"/", "-"} and AMERICAN.fullmatch(locale)
    if month > MONTHS_OF_YEAR or (american and day <= MONTHS_OF_YEAR):
        day, month = month, day
    year = int(year_text)
    return day_of(year + 2000 if year < CENTURY else year, month, day)


def _era(groups: tuple[str, ...], _: str) -> date | None:
    start = {"令和": 2018, "平成": 1988, "昭和": 1925}.get(groups[0], 1911)
    year = 1 if groups[1] == "元" else int(groups[1])
    return day_of(start + year, int(groups[2]), int(groups[3]))


def _name_day(year: str, name: str, day: str, locale: str) -> date | None:
    full_year = int(year) + (2000 if int(year) < CENTURY else 0)
    if full_year in PERSIAN_YEARS and (month := persian_month(name)):
        return day_of(full_year, month, int(day))
    return day_of(full_year, month_number(name, locale.partition("-")[0]), int(day))


def _day_name_year(groups: tuple[str, ...], locale: str) -> date | None:
    return _name_day(groups[2], groups[1], groups[0], locale)


def _name_day_year(groups: tuple[str, ...], locale: str) -> date | None:
    return _name_day(groups[2], groups[0], groups[1], locale)


def _year_day_name(groups: tuple[str, ...], locale: str) -> date | None:
    return _name_day(groups[0], groups[2], groups[1], locale)


def _year_name_day(groups: tuple[str, ...], locale: str) -> date | None:
    return _name_day(groups[0], groups[1], groups[2], locale)


def _thai_short_year(groups: tuple[str, ...], _: str) -> date | None:
    return day_of(THAI_CENTURY + int(groups[2]), month_number(groups[1]), int(groups[0]))


def _nordic(groups: tuple[str, ...], _: str) -> date | None:
    return day_of(int(groups[3]), int(groups[2]), int(groups[0]))


def _american(groups: tuple[str, ...], locale: str) -> date | None:
    """Return a day before a clock of twelve hours, in whose countries months mostly come first."""
    return _numbers_dmy(groups, locale or "en-us")


READERS = (
    Reader(  # "3/4/2026 5:12 PM"
        re.compile(
            r"(?<![\d./])(\d{1,2})(/)(\d{1,2})/(\d{4})(?=,?\s{1,3}(?:at\s|-\s)?\d{1,2}:\d\d(?::\d\d)?\s?[ap]\.?m)"
        ),
        _american,
        "/",
    ),
    Reader(  # "03/04-2026", in Denmark and Norway
        re.compile(r"(?<![\d./])(\d{1,2})(/)(\d{1,2})\s?[-–]\s?(\d{4})(?!\d)"),
        _nordic,
        "/",
    ),
    Reader(
        re.compile(
            r"(?<!\d)(\d{4})\s?(?:[-/.]|年|년|оны)\s?(\d{1,2})\s?"
            r"(?:[-/.]|月|월|(?:-р\s)?сарын)\s?(\d{1,2})(?![\d])"
        ),
        _numbers_ymd,
    ),
    Reader(
        re.compile(r"(?<![\d.])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)"), _numbers_dmy
    ),
    Reader(re.compile(r"(?<![\w./])(\d{1,2})([/.])(\d{1,2})\2(\d\d)(?![\w./])"), _numbers_dmy),
    Reader(
        re.compile(
            rf"(?<![\d:.])(\d{{1,2}}){ORDINAL}[\s.,/-]{{0,3}}{OF_MONTH}"
            rf"({NAME})(?:\s?/\s?{NAME})?[\s.,،'’/-]{{0,3}}{OF_YEAR}"
            r"(\d{4}|(?<=['’])\d\d)(?!\d)"
        ),
        _day_name_year,
    ),
    Reader(
        re.compile(
            rf"({WORD})[\s./-]{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?[\s.,،'’/-]{{1,3}}"
            r"(\d{4}|(?<=['’])\d\d)(?!\d)"
        ),
        _name_day_year,
    ),
    Reader(  # "Sat Jan 03 09:30:00 +0000 2026", the C library's form
        re.compile(
            rf"({WORD})\s(\d{{1,2}})\s[\d:]{{5,8}}\s(?:[a-z]{{1,5}}\s|[+-]\d{{4}}\s)?(\d{{4}})"
        ),
        _name_day_year,
    ),
    Reader(  # "2026 m. sausio 3 d.", "2026ko urtarrilaren 3a", "2026 թ. հունվարի 3"
        re.compile(
            rf"(?<!\d)(\d{{4}})(?:\.|\sm\.|(?:e|\(e\))?ko|\sթ(?:\.|վականի))?[\s-]{{1,2}}"
            rf"({WORD})(?:\smėn\.)?[\s-]{{1,2}}(\d{{1,2}})(?!\d)"
        ),
        _year_name_day,
    ),
    Reader(  # "2026. gada 3. janvārī", "2026 жылғы 3 қаңтар", "2026-yil 3-yanvar"
        re.compile(
            rf"(?<!\d)(\d{{4}})(?:\.?\sgada|\sжылғы|\sжылдын|\sწლის|-yil)\s"
            rf"(\d{{1,2}})[.-]?\s?({WORD})"
        ),
        _year_day_name,
    ),
    Reader(
        re.compile(r"(?<!\d)(\d{1,2})\s([ก-ฮ][\u0e00-\u0e7f.]{1,12})\s(\d\d)(?![\d:.])"),
        _thai_short_year,
    ),
    Reader(
        re.compile(r"(?<!\d)(\d{1,2})()\s?tháng\s?(\d{1,2})(?:,|\snăm)?\s{0,2}(\d{4})"),
        _numbers_dmy,
    ),
    Reader(
        re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)年\s?(\d{1,2})月\s?(\d{1,2})日"),
        _era,
    ),
)
