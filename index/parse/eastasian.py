"""Bylines in Chinese, Japanese and Korean, whose names have no blank between their parts.

Strategy: a name is a few letters set off on both sides, and the word for its work stands right
before or behind it: "记者：王小明", "文・山田花子", "홍길동 기자", "山田花子記者". Without such a
word no line is a byline: rubrics are as short as names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["KOREAN_REPORTERS", "east_asian_authors", "korean_author"]

IDEOGRAPHIC = "[\u4e00-\u9fff\u3041-\u30ff]{2,8}"
KOREAN_REPORTERS = ("기자", "특파원")
HANGUL = "[\uac00-\ud7af]{2,4}"
# How local papers end an article: "홍길동 기자 | gil@example.org".
KOREAN_SIGNATURE = re.compile(
    rf"[\W_]?({HANGUL})\s?(?:기자|특파원)(?:[\s|/=(]{{1,4}}[\w.+-]+@[\w.-]+\)?)?"
)
MAX_SIGNATURE_CHARS = 60
BETWEEN_NAMES = re.compile(r"[\s、，,・/／]+")
BYLINE = re.compile(
    r"[\W_]?(?:"
    # A label, with a colon or a dot unless it says "reporter".
    rf"(?:(?:文|取材|撰文|撰稿|作者)\s?[・／/:：]|(?:本[报報刊])?[记記]者\s?[:：\s])\s?"
    rf"({IDEOGRAPHIC}(?:[\s、，・]{IDEOGRAPHIC}){{0,4}})"
    # "記者王小明／台北報導": the place behind it shows where the name ends.
    rf"|[記记]者({IDEOGRAPHIC}(?:[、，]{IDEOGRAPHIC}){{0,4}})[／/]{IDEOGRAPHIC}"
    rf"|(?:기자명\s?)?({HANGUL}(?:[·,]\s?{HANGUL}){{0,4}})\s?(?:기자|특파원)"
    rf"|({IDEOGRAPHIC}(?<!者))\s?(?:記者|特派員)"
    r")(?:\W.{0,60})?"
)


def east_asian_authors(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the names in the first line that signs with a word for "reporter" or the like.

    Example:
        >>> east_asian_authors(["社会", "记者：王小明 李华"])
        ('王小明', '李华')
    """
    signed = filter(None, map(BYLINE.fullmatch, lines))
    names = next((match[match.lastindex or 0] for match in signed), "")
    return tuple(filter(None, BETWEEN_NAMES.split(names.replace("·", ","))))


def korean_author(line: str) -> tuple[str, ...]:
    """Return the reporter whom a Korean line alone names, if it is no more than a signature.

    Example:
        >>> korean_author("홍길동 기자 | gil@example.org"), korean_author("기자 회견")
        (('홍길동',), ())
    """
    signed = KOREAN_SIGNATURE.fullmatch(line) if len(line) <= MAX_SIGNATURE_CHARS else None
    return (signed[1],) if signed else ()
