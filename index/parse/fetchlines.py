"""What a tool wrote above the text that it captured: fetch lines and `key: value` lines.

    date 2026-01-03 403
    2026-01-03T09:30:00Z https://www.example.org/flood 200
    HTTP/1.1 200 OK
    URL: https://www.example.org/flood
    Überschrift: Flood

Rule 1: a line of nothing but days, times, addresses, status codes and known keys is one.
Rule 2: so is a known key with a colon and its value.
Rule 3: any other `key: value` belongs to them only below a status line, up to an empty
    line; otherwise "Breaking: flood in Example" would lose its first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.parse.decode import STATUS_LINE

__all__ = ["FetchLines", "read_fetch_lines"]

# Name of a field of ours to the keys that stand for it.
KEYS = {
    "url": "url uri link address permalink canonical source-url page-url adresse lien enlace",
    "title": "title headline titel überschrift titre título titulo titolo заголовок 标题 標題 "
    "タイトル 제목 العنوان",
    "published": "published publication-date pubdate published-at date-published published-on "
    "veröffentlicht publié publicado pubblicato опубликовано 发布时间 公開日",
    "day": "date day datum fecha data дата 日期 日付 날짜 التاريخ",
    "fetched": "fetched retrieved accessed saved captured downloaded crawled fetched-at "
    "retrieved-at access-date crawl-date snapshot abgerufen consulté last-modified",
    "source": "source publisher site outlet publication newspaper website site-name quelle "
    "medium fuente fonte источник 来源 來源 出典 출처 المصدر",
    "authors": "author authors byline by autor autoren auteur autore автор 作者 記者 기자 الكاتب",
    "language": "language lang sprache langue idioma lingua язык 语言 言語",
    "section": "section category rubric ressort rubrik rubrique sección sezione рубрика 栏目",
    "status": "status http-status status-code code http",
}
FIELD_OF = {key: field for field, keys in KEYS.items() for key in keys.split()}

KEY_VALUE = re.compile(r"\W{0,3}([^\W\d_][\w -]{0,24}?)\s?[:=：]\s*(\S.{0,2000})")
ANY_HEADER = re.compile(r"[A-Za-z][\w-]{0,60}:.{0,4000}")
STATUS_CODE = re.compile(r"[1-5]\d\d")
ISO_DAY = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T_]?\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
CLOCK = re.compile(r"\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|UTC|GMT")
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
RULE_LINE = re.compile(r"[-=_*#~]{3,}")  # front matter fences and rules below the lines
MAX_LINES = 60


@dataclass(frozen=True, slots=True)
class FetchLines:
    """What stood above the text.

    Attributes:
        fields: Values as written, by the keys of `KEYS`; the first of each counts.
        rest: The lines below.
    """

    fields: Mapping[str, str]
    rest: tuple[str, ...]

    def with_told(self, **fields: str | None) -> FetchLines:
        """Return these lines with fields that are known from elsewhere."""
        known = {key: value for key, value in fields.items() if value}
        return FetchLines({**self.fields, **known}, self.rest)

    @property
    def status(self) -> int | None:
        """The HTTP status of the fetch."""
        code = STATUS_CODE.match(self.fields.get("status", ""))
        return int(code[0]) if code else None


def read_fetch_lines(lines: Sequence[str]) -> FetchLines:
    """Take the fetch lines off the top of a capture."""
    fields: dict[str, str] = {}
    below_status_line = False
    taken = 0
    for number, raw in enumerate(lines[:MAX_LINES]):
        line = raw.strip("\ufeff \t\r")
        if not line or (RULE_LINE.fullmatch(line) and (fields or number == 0)):
            below_status_line = below_status_line and bool(line)
            continue
        found = dict(_fields_of(line))
        below_status_line = below_status_line or STATUS_LINE.fullmatch(line) is not None
        if not found and not (below_status_line and ANY_HEADER.fullmatch(line)):
            break
        taken = number + 1
        fields = found | fields
    return FetchLines(fields, tuple(lines[taken:]))


def _fields_of(line: str) -> Iterator[tuple[str, str]]:
    if status := STATUS_LINE.fullmatch(line):
        yield "status", status[1]
    elif tokens := _tokens_of(line):
        yield from tokens
    elif (pair := KEY_VALUE.fullmatch(line)) and (field := _field(pair[1])):
        yield field, pair[2].strip().strip("\"'“”")


def _field(key: str) -> str | None:
    return FIELD_OF.get("-".join(key.lower().replace("_", "-").split()))


def _tokens_of(line: str) -> list[tuple[str, str]]:
    """Return the fields of a line of rule 1, none if the line is anything else."""
    fields: list[tuple[str, str]] = []
    key = "day"
    words = line.split()
    for word in words:
        if known := _field(word.strip(":=,;()[]|")):
            key = known
        elif ISO_DAY.fullmatch(word):
            fields.append((key if key in {"published", "fetched"} else "day", word))
        elif ADDRESS.fullmatch(word):
            fields.append(("url", word))
        elif STATUS_CODE.fullmatch(word) and (fields or len(words) == 1 or key == "status"):
            fields.append(("status", word))
        elif not CLOCK.fullmatch(word) and word.strip("|-–—·,;"):
            return []
    return fields
