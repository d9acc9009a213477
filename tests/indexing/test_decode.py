"""Bytes of a page come out as the text that a browser would show."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.parse.decode import decode

GERMAN = "Die Bürgermeisterin erklärte, die Brücke müsse für größere Arbeiten schließen. "
JAPANESE = "市長は金曜日、橋の修理のため来月から通行止めにすると発表した。"
POLISH = "Burmistrz ogłosił w piątek, że most zostanie zamknięty z powodu naprawy."
TURKISH = "Belediye başkanı köprünün onarım için kapatılacağını açıkladı. İşçiler şaşkın."


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("utf-8", "utf-8", GERMAN),
        ("UTF8", "utf-8", JAPANESE),
        ("iso-8859-1", "cp1252", "„Brücke“ für 5 € – „gut“"),
        ("latin1", "cp1252", GERMAN),
        ("windows-1252", "cp1252", GERMAN),
        ("iso-8859-9", "cp1254", TURKISH),
        ("windows-1250", "cp1250", POLISH),
        ("iso-8859-2", "iso8859-2", POLISH),
        ("windows-1251", "cp1251", "Мэр объявил, что мост будет закрыт."),
        ("koi8-r", "koi8-r", "Мэр объявил, что мост будет закрыт."),
        ("x-sjis", "cp932", JAPANESE + "①㈱"),
        ("Shift_JIS", "cp932", JAPANESE),
        ("EUC-JP", "euc_jp", JAPANESE),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("gb2312", "gb18030", "市长宣布，大桥将封闭維修。"),
        ("x-gbk", "gb18030", "市长宣布，大桥将封闭维修。"),
        ("big5", "big5hkscs", "市長宣布，大橋將封閉維修。"),
        ("ks_c_5601-1987", "cp949", "시장은 다리를 닫는다고 발표했다. 똠방각하"),
    ],
)
@pytest.mark.parametrize(
    "page",
    [
        '<html><head><meta charset="{}"></head><p>',
        "<meta content='text/html; charset={}' http-equiv=content-type><p>",
        '<?xml version="1.0" encoding="{}"?><html><p>',
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={}\r\n\r\n<p>",
    ],
)
def test_labels_are_read_as_browsers_read_them(
    page: str, label: str, encoding: str, text: str
) -> None:
    decoded = decode(page.format(label).encode() + text.encode(encoding))
    assert decoded.text.endswith(f"<p>{text}")
    assert decoded.encoding == encoding


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (codecs.BOM_UTF8 + GERMAN.encode(), GERMAN),
        (GERMAN.encode("utf-16"), GERMAN),
        (codecs.BOM_UTF16_BE + JAPANESE.encode("utf-16-be"), JAPANESE),
        (JAPANESE.encode("utf-32"), JAPANESE),
        (GERMAN.encode("utf-16-le"), GERMAN),
        (GERMAN.encode("utf-16-be"), GERMAN),
        (b"<meta charset=utf-16><p>" + GERMAN.encode(), "<meta charset=utf-16><p>" + GERMAN),
        # A page converted to UTF-8 with its old declaration left in.
        (b"<meta charset=gb2312>" + GERMAN.encode(), "<meta charset=gb2312>" + GERMAN),
        # Python knows more "encodings" than pages may be in.
        (b"<meta charset=rot13>abc", "<meta charset=rot13>abc"),
        (b"a\0b\0\0", "ab"),
        (b"", ""),
    ],
)
def test_text_that_proves_its_encoding_needs_no_declaration(content: bytes, text: str) -> None:
    assert decode(content).text == text


@pytest.mark.parametrize(
    ("encoding", "start", "text"),
    [
        ("cp1252", "", GERMAN),
        ("cp932", "", JAPANESE),
        ("euc_jp", "", JAPANESE),
        ("iso2022_jp", "", JAPANESE),
        ("cp1251", "", "Мэр в пятницу объявил, что мост будет закрыт на ремонт."),
        ("cp1250", '<html lang="pl">', POLISH),
        ("cp1254", "<html class=x lang='tr-TR'>", TURKISH),
    ],
)
def test_an_undeclared_encoding_is_found_out(encoding: str, start: str, text: str) -> None:
    assert text in decode(start.encode() + (text * 3).encode(encoding)).text


SENTENCES = {
    "ru": "Мэр города объявил в пятницу, что старый мост через реку закроют на ремонт до весны.",
    "uk": "Мер міста оголосив у п'ятницю, що старий міст через річку закриють. Її ганьблять.",
    "bg": "Кметът обяви в петък, че старият мост над реката ще бъде затворен за ремонт.",
    "ja": JAPANESE,
    "zh": "市长星期五宣布，这座大桥因维修将从下个月起封闭。居民们表示不满，并要求尽快恢复。",
    "ko": "시장은 금요일에 다리 수리를 위해 다음 달부터 통행을 금지한다고 발표했다.",
    "ar": "أعلن رئيس البلدية يوم الجمعة أن الجسر القديم سيغلق للإصلاح حتى الربيع.",
    "he": "ראש העיר הודיע ביום שישי כי הגשר הישן ייסגר לתיקונים עד האביב. התושבים הביעו תרעומת.",
    "el": "Ο δήμαρχος ανακοίνωσε την Παρασκευή ότι η παλιά γέφυρα θα κλείσει για επισκευή.",
    "tr": TURKISH,
    "pl": POLISH,
    "hu": "A polgármester pénteken bejelentette, hogy a hidat felújítás miatt lezárják; őszintén.",
    "de": GERMAN,
    "fr": "Le maire a annoncé que le pont fermera jusqu’à l’été. Ils sont fâchés — « déjà ».",
    "es": "El alcalde anunció que el puente cerrará hasta la primavera. «¿Qué haremos mañana?»",
    "th": "นายกเทศมนตรีประกาศเมื่อวันศุกร์ว่าสะพานเก่าจะปิดซ่อมจนถึงฤดูใบไม้ผลิ",
    "lt": "Meras penktadienį pranešė, kad senasis tiltas bus uždarytas remontui, žinoma, šį kartą.",
}
WRITTEN_IN = {
    "ru": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "uk": ("cp1251", "koi8-u"),
    "bg": ("cp1251",),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "zh": ("gb18030",),
    "ko": ("euc_kr",),
    "ar": ("cp1256", "iso8859-6"),
    "he": ("cp1255", "iso8859-8"),
    "el": ("cp1253", "iso8859-7"),
    "tr": ("cp1254",),
    "pl": ("cp1250", "iso8859-2"),
    "hu": ("cp1250", "iso8859-2"),
    "de": ("cp1252",),
    "fr": ("cp1252",),
    "es": ("cp1252",),
    "th": ("cp874",),
    "lt": ("cp1257",),
}
PAIRS = [(language, name) for language, names in WRITTEN_IN.items() for name in names]
# What no detector can tell: these bytes are good text in another language's encoding.
TOLD_BY_LANGUAGE_ONLY = {("ru", "cp866"), ("tr", "cp1254"), ("lt", "cp1257")}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("ru", "cp1251"), ("el", "cp1253"), ("he", "cp1255"), ("ar", "cp1256"), ("zh", "gb18030")],
)
def test_a_page_in_other_letters_that_says_to_be_latin_is_found_out(
    language: str, encoding: str
) -> None:
    text = SENTENCES[language]
    page = f'<meta charset="iso-8859-1"><p>{text}</p>' + f"<p>{text}</p>" * 5
    assert text in decode(page.encode(encoding)).text


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_an_encoding_that_is_declared_is_believed(language: str, encoding: str) -> None:
    content = f"<meta charset={encoding}><p>".encode() + SENTENCES[language].encode(encoding)
    assert decode(content).text.endswith(SENTENCES[language])


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_a_page_that_tells_its_language_needs_no_charset(language: str, encoding: str) -> None:
    page = f'<html lang="{language}"><title>'.encode() + SENTENCES[language].encode(encoding)
    assert decode(page).text.endswith(SENTENCES[language])


@pytest.mark.parametrize(
    ("language", "encoding"), [pair for pair in PAIRS if pair not in TOLD_BY_LANGUAGE_ONLY]
)
def test_a_page_that_tells_nothing_is_guessed(language: str, encoding: str) -> None:
    text = f"<title>{SENTENCES[language]}</title>" + f"<p>{SENTENCES[language]}</p>" * 2
    assert decode(text.encode(encoding)).text == text


def test_a_byte_cut_in_half_does_not_change_the_encoding() -> None:
    decoded = decode(b"<meta charset=utf-8>" + (GERMAN * 5).encode() + "ü".encode()[:1])
    assert decoded.encoding == "utf-8"
    assert GERMAN in decoded.text


def test_a_wrong_declaration_is_not_believed() -> None:
    assert GERMAN in decode(b"<meta charset=utf-8>" + GERMAN.encode("cp1252") * 3).text


def test_a_charset_of_the_container_counts() -> None:
    assert decode(POLISH.encode("cp1250"), charset="windows-1250").text == POLISH


def test_header_lines_before_markup_are_taken_off() -> None:
    head = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nDate: today\r\n\r\n"
    decoded = decode(f"{head}<!doctype html><p>No".encode())
    assert decoded.text == "<!doctype html><p>No"
    assert decoded.headers == {":status": "403", "content-type": "text/html", "date": "today"}


@pytest.mark.parametrize(
    "text", ["Title: Flood\n\nThe river rose.", "HTTP/1.1 200 OK\n\nFlood", "One: two\n\n", "a: b"]
)
def test_header_lines_before_plain_text_are_part_of_the_capture(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text
    assert not decoded.headers


@given(st.binary() | st.text().map(lambda text: text.encode("utf-16", "surrogatepass")))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xed\xa0\x80")
@example(b"<meta charset=\xff>\xff")
def test_any_bytes_come_out_as_text_that_can_be_written(content: bytes) -> None:
    text = decode(content).text
    assert "\0" not in text
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
@example("a: b\n\n<p>")
def test_utf_8_with_a_mark_is_kept_as_it_is(text: str) -> None:
    decoded = decode(codecs.BOM_UTF8 + text.encode())
    assert decoded.text == text


@pytest.mark.parametrize(
    ("content", "same"),
    [
        pytest.param(f"<p>{GERMAN}".encode(), True, id="utf-8"),
        pytest.param(f"HTTP/1.1 200 OK\nServer: x\n\n<p>{GERMAN}".encode(), True, id="headers"),
        pytest.param(f"<p>{'ü' * 100_000}".encode(), True, id="long"),
        pytest.param(f"<p>{'ü' * 100_000}".encode() + b"\xc3", False, id="long and cut"),
        pytest.param("<p>ra\ufffdin".encode(), False, id="a sign for broken bytes"),
        pytest.param(codecs.BOM_UTF8 + b"<p>rain", False, id="byte order mark"),
        pytest.param(b"<p>ra\0in", False, id="a NUL"),
        pytest.param(f"<p>{GERMAN}".encode() + b"\xff", False, id="a broken byte"),
        pytest.param(f"<p>{GERMAN}".encode("latin-1"), False, id="latin-1"),
    ],
)
def test_bytes_that_need_no_decoding_are_handed_on(content: bytes, *, same: bool) -> None:
    decoded = decode(content)
    assert decoded.utf8 == (decoded.text.encode() if same else None)
