"""Text that was encoded twice is read as it was meant; text that only looks so is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Article, Page, PageKind
from index.parse import parse_page
from index.parse.mojibake import without_mojibake

TEXTS = [
    "Die Brücke – „groß“ müßte für Fußgänger öffnen",
    "Мэр города объявил в пятницу",
    "市長は金曜日、橋の修理を発表した。",
    "أعلن رئيس البلدية يوم الجمعة",
    "Ο δήμαρχος ανακοίνωσε την Παρασκευή",
    "시장은 다리를 닫는다고 발표했다",
    "Burmistrz ogłosił, że łódź ‘Świt’ żegluje — już",
]


def twice(text: str, encoding: str) -> str:
    """Encode in UTF-8 and read that in another encoding, as programs do by accident."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", TEXTS)
def test_text_that_was_encoded_twice_is_repaired(text: str, encoding: str) -> None:
    assert list(without_mojibake([twice(text, encoding)])) == [text]


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "«AMANHû, «AMANHû e «AMANHû: não há solução",
        "CAFÉ «ÉTÉ», CAFÉ «NOÉ», «CAFÉ» à la crème brûlée",
        "Ã© is what é becomes when it is read wrongly, she said: déjà vu, café, garçon",
        "Only Ã© twice: Ã©",
        "plain",
        "",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert list(without_mojibake([text])) == [text]


def test_a_letter_whose_half_is_a_blank_is_repaired() -> None:
    text = " ".join(twice("Déjà fermé, le pont mène à la gare, voilà", "cp1252").split())
    assert without_mojibake([text]) == ["Déjà fermé, le pont mène à la gare, voilà"]


def test_a_title_is_repaired_where_the_body_needs_none() -> None:
    texts = [twice("Brücken für Überlingen – größere", "cp1252"), "Die Brücke ist für Fußgänger."]
    assert without_mojibake(texts) == ["Brücken für Überlingen – größere", texts[1]]


@pytest.mark.parametrize("kind", [PageKind.HTML, PageKind.TEXT])
def test_a_page_that_was_encoded_twice_is_read(kind: PageKind) -> None:
    body = "Die Bürgermeisterin erklärte, die Brücke müsse für größere Arbeiten schließen. " * 3
    lines = (
        ("Brücke gesperrt", body)
        if kind is PageKind.TEXT
        else (f"<h1>Brücke gesperrt</h1><p>{body}",)
    )
    content = twice("\n".join(lines), "cp1252").encode()
    found = parse_page(Page(content=content, location="/x", kind=kind))
    assert isinstance(found, Article)
    assert found.title == "Brücke gesperrt"
    assert found.body == body.strip()
    assert found.language == "de"


@given(st.lists(st.text()))
def test_no_text_makes_it_fail(texts: list[str]) -> None:
    assert len(without_mojibake(texts)) == len(texts)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "古い橋が通行止めに",
            "市長は金曜日、古い橋を修理のため春まで通行止めにすると発表した。住民だけでなく店も困っている。",
        ),
        (
            "旧桥将封闭维修",
            "市长星期五宣布，这座大桥因维修将从下个月起封闭，居民们表示不满，并要求市政府尽快恢复通行。",
        ),
    ],
)
def test_letters_that_hold_blanks_are_repaired_in_the_page(
    title: str, text: str, encoding: str
) -> None:
    html = f"<html><title>{title}</title><body><h1>{title}</h1><p>{text}</p><p>{text[::-1]}</p>"
    page = Page(content=twice(html, encoding).encode(), location="x", kind=PageKind.HTML)
    article = parse_page(page)
    assert isinstance(article, Article)
    assert article.title == title
    assert article.paragraphs[0] == text
