"""Bytes of a page to text, in whatever encoding a news site of the last thirty years used.

Strategy: trust what proves itself before what is declared. A byte order mark decides;
then bytes that are valid UTF-8 are UTF-8, whatever an old meta tag that survived a
conversion still says; then the charset declared outside the page, in header lines saved
with it, or in its first bytes, as long as nearly all bytes fit; only then the encoding is
guessed. Labels are read as browsers read them, which is not as their names say:
"iso-8859-1" is windows-1252, "gb2312" is GB18030.

Sources:
    WHATWG, Encoding Standard, https://encoding.spec.whatwg.org/ (labels);
    WHATWG, HTML Standard, "Determining the character encoding".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.parse.guess import BROKEN_SHARE, guesses, is_mislabelled, read_as

__all__ = ["STATUS_LINE", "Decoded", "decode"]

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Python's name of an encoding to the one that browsers use for it.
AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    # A page whose charset could be read byte by byte is not in UTF-16.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
READ_BY_BROWSERS = re.compile(
    r"utf-8|cp(?:1250|1251|1252|1253|1254|1255|1256|1257|1258|866|874|932|949)|"
    r"iso8859-(?:2|3|4|5|6|7|8|10|13|14|15|16)|koi8-[ru]|mac-(?:roman|cyrillic)|"
    r"gb18030|big5hkscs|euc_jp|iso2022_jp"
)

# The HTML Standard lets browsers look at 1,024 bytes; sites with long scripts atop need more.
DECLARATION_BYTES = 4096
META_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)?\s+(\d{3})\b.{0,100}", re.IGNORECASE)
HEADER_LINE = re.compile(r"([A-Za-z][\w-]{0,60})\s*:\s?(.{0,4000})")
HEADER_BLOCK_BYTES = 32_768
MARKUP_WITHIN = 1000
ESCAPE = b"\x1b"  # what stands in ISO-2022-JP is valid UTF-8 as well
MOST_BYTES = 4  # of a character in UTF-8
PART = 1 << 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a page.

    Attributes:
        encoding: Python's name of the encoding it was read in.
        headers: HTTP-like header lines that stood before the markup, names in lower
            case; the code of a status line is under ":status" (RFC 9113's name for it).
        utf8: The text in UTF-8, if the page came in just that: as the parser reads it.
        changed: Else the text.
    """

    encoding: str
    headers: Mapping[str, str] = field(default_factory=dict)
    utf8: bytes | None = None
    changed: str = ""

    @property
    def text(self) -> str:
        """The text without byte order mark, NULs, lone surrogates and header lines."""
        return self.changed if self.utf8 is None else self.utf8.decode()

    def start(self, chars: int) -> str:
        """Return so many characters of the text, of which no more is decoded."""
        if self.utf8 is None:
            return self.changed[:chars]
        return self.utf8[: chars * MOST_BYTES].decode(errors="ignore")[:chars]


def decode(content: bytes, *, charset: str | None = None) -> Decoded:
    """Return the text that the bytes stand for; no input makes it raise.

    Header lines are taken off where markup follows them. Before plain text they stay:
    there they are lines of a capture, which `read_capture` reads.

    Args:
        content: The bytes as saved, decompressed.
        charset: The charset that a container such as MHTML declares for them.
    """
    headers, body = _split_headers(content)
    if _is_markup_in_utf8(body):
        return Decoded(encoding="utf-8", headers=headers, utf8=body)
    text, encoding = _decode_body(body, (charset, _header_charset(headers)))
    is_markup = text[:MARKUP_WITHIN].lstrip("\0\ufeff \t\r\n").startswith("<")
    if headers and not is_markup:
        text, _ = read_as(content, encoding)
    return Decoded(
        encoding=encoding,
        headers=headers if is_markup else {},
        changed=text.replace("\0", "").lstrip("\ufeff"),
    )


def _is_markup_in_utf8(body: bytes) -> bool:
    """Whether a page is markup in UTF-8 of which nothing is to be changed, as nearly all are.

    It is decoded part by part, in memory that the cache holds, and the text is not kept.
    """
    start = body[:MARKUP_WITHIN].lstrip(b" \t\r\n")
    if not start.startswith(b"<") or b"\0" in body or ESCAPE in body:
        return False
    whole, at, size = memoryview(body), 0, len(body)
    try:
        while at < size:
            text, read = codecs.utf_8_decode(whole[at : at + PART], "strict", at + PART >= size)
            if "\ufffd" in text:
                return False
            at += read
    except UnicodeDecodeError:
        return False
    return True


def _split_headers(content: bytes) -> tuple[dict[str, str], bytes]:
    """Take the lines up to the first empty one for headers, if all of them look so."""
    if not content[:1].isalpha():
        return {}, content
    head, gap, body = _partition_block(content[:HEADER_BLOCK_BYTES])
    lines = head.decode("latin-1").splitlines() if gap else []
    headers: dict[str, str] = {}
    for number, line in enumerate(lines):
        if number == 0 and (status := STATUS_LINE.fullmatch(line)):
            headers[":status"] = status[1]
        elif header := HEADER_LINE.fullmatch(line):
            headers.setdefault(header[1].lower(), header[2].strip())
        else:
            return {}, content
    return (headers, body + content[HEADER_BLOCK_BYTES:]) if headers else ({}, content)


def _partition_block(start: bytes) -> tuple[bytes, bytes, bytes]:
    gap = re.search(rb"\r?\n[ \t]*\r?\n", start)
    return (start[: gap.start()], gap[0], start[gap.end() :]) if gap else (start, b"", b"")


def _header_charset(headers: Mapping[str, str]) -> str | None:
    found = HEADER_CHARSET.search(headers.get("content-type", ""))
    return found[1] if found else None


def _meta_charset(body: bytes) -> str | None:
    found = META_CHARSET.search(body[:DECLARATION_BYTES])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _decode_body(body: bytes, declared: tuple[str | None, ...]) -> tuple[str, str]:
    marked = next((name for mark, name in BYTE_ORDER_MARKS if body.startswith(mark)), None)
    certain = marked or _utf_16_without_mark(body) or _iso_2022(body)
    if certain:
        return body.decode(certain, "replace"), certain
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    for encoding in _candidates(body, declared):
        text, broken_share = read_as(body, encoding)
        if broken_share <= BROKEN_SHARE and not is_mislabelled(body, encoding):
            return text, encoding
    return body.decode("cp1252", "replace"), "cp1252"


def _utf_16_without_mark(body: bytes) -> str | None:
    """Recognise UTF-16 by its zero bytes: one of two in Latin text and in all markup."""
    start = body[:DECLARATION_BYTES]
    if b"\0" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    mostly = max(len(start) // 4, 2)  # half of the characters
    if odd >= mostly and even * 10 <= odd:
        return "utf-16-le"
    return "utf-16-be" if even >= mostly and odd * 10 <= even else None


def _iso_2022(body: bytes) -> str | None:
    """Recognise ISO-2022-JP, whose bytes are valid UTF-8 too, by its escape sequences."""
    escaped = b"\x1b$" in body and b"\x1b(" in body
    return "iso2022_jp" if escaped and body.isascii() else None


def _candidates(body: bytes, declared: tuple[str | None, ...]) -> Iterator[str]:
    labels = (*declared, _meta_charset(body))
    named = [encoding for label in labels if (encoding := _encoding(label))]
    yield from dict.fromkeys([*named, "utf-8"])  # UTF-8 with a broken byte or two
    yield from filter(None, map(_encoding, guesses(body)))


def _encoding(label: str | None) -> str | None:
    """Return Python's name of the encoding that browsers use for a label."""
    for name in (label or "", (label or "").lower().removeprefix("x-")):
        try:
            found = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        known = AS_BROWSERS_READ.get(found, found)
        # Python also knows "zip", "rot13" and "unicode_escape" by that lookup.
        return known if READ_BY_BROWSERS.fullmatch(known) else None
    return None
