"""The agency in a dateline goes, place and day stay, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.dateline import dateline_tag, without_dateline_tag


@pytest.mark.parametrize(
    ("paragraph", "kept", "tag"),
    [
        ("(NORDWIRE) The mayor", "The mayor", "NORDWIRE"),
        ("(NORDWIRE - Port Times) The mayor", "The mayor", "NORDWIRE"),
        ("(Reuters) - The mayor", "The mayor", "Reuters"),
        ("(AP) — The mayor", "The mayor", "AP"),
        ("(CNN)The mayor", "The mayor", "CNN"),
        ("(Bloomberg) -- Oil fell", "Oil fell", "Bloomberg"),
        ("(Port Times) - The mayor", "The mayor", "Port Times"),
        ("(Nordwire) The mayor of the old town", "The mayor of the old town", "Nordwire"),
        ("(Port Times) “I am no fool”, the mayor", "“I am no fool”, the mayor", "Port Times"),
        (
            "LINDEN (Nordwire) - A bridge over the river fell",
            "LINDEN - A bridge over the river fell",
            "Nordwire",
        ),
        ("LONDON (Reuters) - The", "LONDON - The", "Reuters"),
        ("LONDON, Jan 3 (Reuters) - The", "LONDON, Jan 3 - The", "Reuters"),
        ("LINDEN, Jan 3 (NORDWIRE) -- The", "LINDEN, Jan 3 - The", "NORDWIRE"),
        ("NEW YORK (AP) _ Stocks", "NEW YORK - Stocks", "AP"),
        ("Berlin (dpa) – Die", "Berlin - Die", "dpa"),
        ("Hamburg (dpa/lno) - Die", "Hamburg - Die", "dpa"),
        ("PARIS, 3 janv 2026 (AFP) — Le", "PARIS, 3 janv 2026 - Le", "AFP"),
        ("Madrid, 3 ene (EFE).- El", "Madrid, 3 ene - El", "EFE"),
        ("MADRID, 3 Ene. (EUROPA PRESS) - El", "MADRID, 3 Ene - El", "EUROPA PRESS"),
        ("(ANSA) - ROMA, 03 GEN - Il", "ROMA, 03 GEN - Il", "ANSA"),
        ("МОСКВА, 3 января. /ТАСС/. Мэр", "МОСКВА, 3 января - Мэр", "ТАСС"),
        ("МОСКВА, 3 янв — РИА Новости. Мэр", "МОСКВА, 3 янв - Мэр", "РИА Новости"),
        ("(서울=연합뉴스) 홍길동 기자 = 시장은", "홍길동 기자 = 시장은", "연합뉴스"),
        ("(東京=港町通信) 市長は", "市長は", "港町通信"),
        ("【共同】市長は", "市長は", "共同"),
        ("[東京 3日 ロイター] - 市長は", "市長は", "ロイター"),
        ("新华社北京1月3日电 市长", "市长", "新华社"),
        ("(NORDWIRE) LONDON (Reuters) - The", "LONDON - The", "NORDWIRE"),
    ],
)
def test_datelines(paragraph: str, kept: str, tag: str) -> None:
    assert without_dateline_tag(paragraph) == kept
    assert dateline_tag(paragraph) == tag


@pytest.mark.parametrize(
    "paragraph",
    [
        "(Corrected) The mayor",
        "(Corrected) The mayor of the old town has resigned",
        "(Photo) The mayor of the old town has resigned",
        "(1998) The mayor of the old town has resigned",
        "(The Nordwire's mayor) The mayor of the old town has resigned",
        "(It rained.) The mayor of the old town has resigned",
        "(Nordwire) the mayor of the old town has resigned",
        "(Nordwire) The mayor",
        "MEYER (Mitte) - die Ministerin hat am Montag gesagt",
        "MEYER (Mitte). Die Ministerin hat am Montag gesagt",
        "Linden (Nordwire) - A bridge over the river has fallen",
        "(2) The mayor",
        "(HIV) is a virus",
        "(Photo by Jane Roe) - The mayor",
        "Meyer (CDU) - die Ministerin",
        "Angela Meyer (CDU) said on Friday",
        "The bank - which is old - fell",
        "WASHINGTON -- The mayor",
        "[BEIJING] The mayor",
        "(AP)",
        "",
    ],
)
def test_other_brackets_stay(paragraph: str) -> None:
    assert without_dateline_tag(paragraph) == paragraph


def test_the_outlet_of_the_page_is_an_agency_too() -> None:
    assert without_dateline_tag("(Port Times) The mayor", ["port times"]) == "The mayor"
    assert without_dateline_tag("(Port Times) The mayor") == "(Port Times) The mayor"


@given(st.text(alphabet="(AP) —-/[]LONDONé=.,1\n【】新华社电"), st.lists(st.text()))
def test_what_is_left_is_text_of_the_paragraph(paragraph: str, outlets: list[str]) -> None:
    left = without_dateline_tag(paragraph, outlets)
    assert bool(left) == bool(paragraph)
    assert set(left) <= set(paragraph) | set(" -")
