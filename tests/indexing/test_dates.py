"""Days and moments are read from whatever publishers write."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.dates import find_date, is_plausible, parse_moment, url_date

DAY = date(2026, 1, 3)
TABLE = files("index.parse").joinpath("months.txt")
HOUR = timezone(timedelta(hours=1))


def month_lines() -> list[str]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith(("#", "fa-solar"))]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-03",
        "2026/1/3",
        "20260103",
        "3 January 2026",
        "3rd of January, 2026",
        "January 3, 2026",
        "Jan. 3rd, 2026",
        "Saturday, January 3, 2026",
        "03-Jan-2026",
        "2026-Jan-03",
        "3. Januar 2026",
        "3. Jänner 2026",
        "03.01.2026",
        "3.1.2026",
        "03/01/2026",
        "03.01.26",
        "3 janvier 2026",
        "3 de enero de 2026",
        "3 de enero del 2026",
        "3 de janeiro de 2026",
        "3 gennaio 2026",
        "3 de gener de 2026",
        "3 de xaneiro de 2026",
        "2026ko urtarrilaren 3",
        "2026ko urtarrilaren 3a",
        "2026(e)ko urtarrilaren 3an",
        "2026 urtarrila 3",
        "Urtarrilak 3, 2026",
        "3 januari 2026",
        "3. januar 2026",
        "3. janúar 2026",
        "3. tammikuuta 2026",
        "3. jaanuar 2026",
        "2026. gada 3. janvārī",
        "2026 m. sausio 3 d.",
        "2026 m. sausio mėn. 3 d.",
        "3 Januarie 2026",
        "3 Ionawr 2026",
        "3 Eanáir 2026",
        "3 ta' Jannar 2026",
        "ika-3 ng Enero 2026",
        "la 3-a de januaro 2026",
        "3 stycznia 2026 r.",
        "3. ledna 2026",
        "3. januára 2026",
        "3. januarja 2026",
        "3. siječnja 2026.",
        "3. januara 2026.",
        "3 ianuarie 2026",
        "3 janar 2026",
        "2026. január 3.",
        "3 Ιανουαρίου 2026",
        "3 Ocak 2026",
        "3 yanvar 2026",
        "3 Januari 2026",
        "3 января 2026 г.",
        "3 січня 2026 р.",
        "3 студзеня 2026 г.",
        "3 януари 2026 г.",
        "3 јануари 2026",
        "3. јануара 2026.",
        "3 հունվարի 2026",
        "2026 թ. հունվարի 3",
        "2026 წლის 3 იანვარი",
        "2026 жылғы 3 қаңтар",
        "2026-yil 3-yanvar",
        "2026 оны 1-р сарын 3",
        "3 იანვარი 2026",
        "3 בינואר 2026",
        "3 يناير 2026",
        "٣ يناير ٢٠٢٦",
        "3 كانون الثاني 2026",
        "3 يناير/ كانون الثاني 2026",
        "3 جانفي 2026",
        "3 ژانویه 2026",
        "۱۳ دی ۱۴۰۴",
        "1404/10/13",
        "3 جنوری 2026",
        "3 جنوری، 2026",
        "۳ جنوري ۲۰۲۶",
        "3 जनवरी 2026",
        "৩ জানুয়ারি ২০২৬",
        "3 जानेवारी 2026",
        "३ जानेवारी २०२६",
        "3 જાન્યુઆરી 2026",
        "3 ਜਨਵਰੀ 2026",
        "3 ଜାନୁଆରୀ 2026",
        "3 জানুৱাৰী 2026",
        "3 ஜனவரி 2026",
        "ஜனவரி 3, 2026",
        "03 జనవరి 2026",
        "3 ಜನವರಿ 2026",
        "2026 ജനുവരി 3",
        "2026 ජනවාරි 3",
        "ថ្ងៃទី ៣ ខែ មករា ឆ្នាំ ២០២៦",
        "3 ມັງກອນ 2026",
        "3 ဇန်နဝါရီ 2026",
        "3 มกราคม 2569",
        "3 ม.ค. 69",
        "3 ม.ค. 2569",
        "3 tháng 1, 2026",
        "ngày 3 tháng 1 năm 2026",
        "3 januari 2026 kl. 09.30",
        "2026年1月3日",
        "令和8年1月3日",
        "民國115年1月3日",
        "2026년 1월 3일",
        "2026. 1. 3.",
        "Published:\u00a03\u00a0January\u00a02026",
        "\u200f3 يناير\u200f 2026",
    ],
)
def test_a_day_is_read_in_the_words_of_many_languages(text: str) -> None:
    moment = parse_moment(text)
    assert (moment.date() if isinstance(moment, datetime) else moment) == DAY


@pytest.mark.parametrize("line", month_lines(), ids=lambda line: line.split()[0])
def test_all_names_of_a_month_are_read_as_the_table_has_them(line: str) -> None:
    language, *months = line.split()
    assert len(months) == 12
    for number, names in enumerate(months, 1):
        for name in names.replace("‿", " ").split("/"):
            if name != "-":
                assert find_date(f"9 {name} 2026", language) == date(2026, number, 9), name


def test_a_time_behind_a_thai_month_is_no_year() -> None:
    assert find_date("3 ม.ค. 09:30 น.") is None


def test_a_joiner_within_a_month_does_not_part_it() -> None:
    assert find_date("2026 අප්\u200dරේල් 3") == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "3 December 2025",
        "3. Dezember 2025",
        "3 décembre 2025",
        "3 de diciembre de 2025",
        "3ro de diciembre de 2025",
        "3 dicembre 2025",
        "3 de desembre del 2025",
        "3. detsember 2025",
        "3 dhjetor 2025",
        "3 Desember 2025",
        "03 Dec '25",
        "Dec 3, ’25",
        "Dec/03/2025",
        "03/Dec/2025",
        "3 - 12 - 2025",
        "03 . 12 . 2025",
    ],
)
def test_a_month_may_begin_like_a_preposition_and_a_year_be_short(text: str) -> None:
    assert find_date(text) == date(2025, 12, 3)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-03T09:30:00+01:00", datetime(2026, 1, 3, 9, 30, tzinfo=HOUR)),
        ("2026-01-03T09:30:00.123Z", datetime(2026, 1, 3, 9, 30, tzinfo=UTC)),
        ("2026-01-03 09:30", datetime.fromisoformat("2026-01-03T09:30")),
        ("20260103T093000Z", datetime(2026, 1, 3, 9, 30, tzinfo=UTC)),
        ("20260103T09:30:00+01:00", datetime(2026, 1, 3, 9, 30, tzinfo=HOUR)),
        ("1767432600", datetime(2026, 1, 3, 9, 30, tzinfo=UTC)),
        ("1767432600123", datetime(2026, 1, 3, 9, 30, tzinfo=UTC)),
        ("Sat, 03 Jan 2026 09:30:00 +0100", datetime(2026, 1, 3, 9, 30, tzinfo=HOUR)),
        ("Sat Jan 03 2026 09:30:00 GMT+0100 (CET)", datetime(2026, 1, 3, 9, 30, tzinfo=HOUR)),
        ("Sat Jan 03 09:30:00 UTC 2026", datetime(2026, 1, 3, 9, 30, tzinfo=UTC)),
        ("January 3, 2026 at 9:30 a.m. CET", datetime(2026, 1, 3, 9, 30, tzinfo=HOUR)),
        ("2026-01-03T00:00:00Z", DAY),
        ("2026-01-03", DAY),
    ],
)
def test_the_time_and_its_zone_are_kept(text: str, moment: date | datetime) -> None:
    found = parse_moment(text)
    assert found == moment
    assert isinstance(found, datetime) == isinstance(moment, datetime)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("January 3, 2026 12:05 AM", "00:05"),
        ("January 3, 2026 12:05 PM", "12:05"),
        ("3. Januar 2026, 14.30 Uhr", "14:30"),
        ("3 janvier 2026 à 14h30", "14:30"),
        ("2026年1月3日 午後2時30分", "14:30"),
        ("2026. 1. 3. 오후 2:30", "14:30"),
    ],
)
def test_the_clock_is_read_as_it_is_printed(text: str, clock: str) -> None:
    found = parse_moment(text)
    assert isinstance(found, datetime)
    assert found.isoformat(timespec="minutes")[11:] == clock


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("03/04/2026", None, date(2026, 4, 3)),
        ("03/04/2026", "en-gb", date(2026, 4, 3)),
        ("03/04/2026", "en-US", date(2026, 3, 4)),
        ("3/4/2026 5:12 PM", None, date(2026, 3, 4)),
        ("3/4/2026 5:12 PM", "en-IN", date(2026, 4, 3)),
        ("3/4/2026 17:12", None, date(2026, 4, 3)),
        ("3/4/26", "en-US", date(2026, 3, 4)),
        ("03/04-2026 17:12", "da", date(2026, 4, 3)),
        ("04/13/2026", "de", date(2026, 4, 13)),
        ("03.04.2026", "en-US", date(2026, 4, 3)),
        ("3 listopada 2026", "pl", date(2026, 11, 3)),
        ("3. listopada 2026.", "hr", date(2026, 10, 3)),
    ],
)
def test_the_locale_decides_what_is_ambiguous(text: str, locale: str | None, day: date) -> None:
    assert find_date(text, locale) == day


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "31.02.2026", "2026-13-45", "12 people, 2024", "3 Foo 2026", "9" * 300, "-"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2026/01/03/flood", DAY),
        ("https://example.org/2026/jan/03/flood", DAY),
        ("https://example.org/news/20260103/flood", DAY),
        ("https://example.org/flood-2026-01-03.html", DAY),
        ("https://example.org/view/AXR20260103094500001", DAY),
        ("https://example.org/cnt/d20260103_96887132", DAY),
        ("https://example.org/read?id=2026010350012&ref=1", DAY),
        ("https://example.org/web/20260103094500/https://example.com/flood", None),
        ("https://example.org/read/20261303094500001", None),
        ("https://example.org/flood-12345678901", None),
        ("https://example.org/2026/flood", None),
    ],
)
def test_an_address_names_its_day(url: str, day: date | None) -> None:
    assert url_date(url) == day


@pytest.mark.parametrize(
    ("day", "plausible"),
    [
        (DAY, True),
        (DAY + timedelta(days=2), True),
        (DAY + timedelta(days=3), False),
        (date(1699, 12, 31), False),
        (date(1815, 6, 18), True),
        (date(1970, 1, 1), False),
        (date(1970, 1, 2), True),
    ],
)
def test_absurd_and_future_days_are_refused(day: date, *, plausible: bool) -> None:
    assert is_plausible(day, today=DAY) is plausible


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert parse_moment(text) is None or isinstance(parse_moment(text), date)


@given(st.from_regex(r"[\d /.:,TZ+年月日-]{0,40}"))
def test_no_row_of_digits_makes_it_fail(text: str) -> None:
    assert find_date(text) is None or isinstance(find_date(text), date)
    assert url_date(text) is None or isinstance(url_date(text), date)


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.times())
def test_iso_comes_back(day: date, clock: time) -> None:
    moment = datetime.combine(day, clock.replace(microsecond=0), HOUR)
    expected = moment.date() if moment.time().isoformat() == "00:00:00" else moment
    assert parse_moment(moment.isoformat()) == expected
