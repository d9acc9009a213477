"""The head that mail programs write above a mail that is forwarded: who sent it, when, about what.

    ---------- Forwarded message ---------
    From: The Example Times <news@example.org>
    Date: Fri, 2 Jan 2026 at 07:30
    Subject: Ferry sinks
    To: Jane Roe <jane@example.org>

Strategy: the head is a few lines in a row that begin with words for "from", "date", "subject" or
"to"; one of them may be a sentence, three kinds of them are a head. What stands above it is a
note of whoever forwarded the mail. Markup is read the same way: a line ends where an element does.

Rule: of heads one below the other (a mail that was forwarded twice) the last counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

__all__ = ["Forwarded", "read_forwarded"]

WORDS = {
    "from": "from von de da van från fra od от lähettäjä afzender mittente remetente kimden "
    "差出人 发件人",
    "sent": "date sent datum gesendet envoyé fecha enviado enviada inviato data verzonden skickat "
    "skickades sendt dato wysłano päiväys дата отправлено tarih 日時 日期",
    "subject": "subject betreff objet sujet asunto oggetto onderwerp ämne emne temat assunto aihe "
    "тема konu 件名 主题",
    "to": "to cc an à para a aan till til do кому vastaanottaja kopie copie kime 宛先 收件人",
}
KIND_OF = {word: kind for kind, words in WORDS.items() for word in words.split()}
HEAD_LINE = re.compile(r"[>*\s]{0,20}([^\W\d_]{1,15})\s?[*]{0,2}[:：][*]{0,2}\s*(.*?)[*\s]{0,9}")
QUOTE = re.compile(r"^(?:>\s?)+", re.MULTILINE)
LINE_END = re.compile(r"<br\b[^<>]{0,100}>|</(?:p|div|tr|li|h[1-6])\s*>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,2000}>")
KINDS_NEEDED = 3
MAX_HEADS = 5
MAX_LINES = 200  # a longer note is a mail of its own
MAX_HEAD_LINES = 12
MAX_LINE_CHARS = 1000


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A mail that was forwarded.

    Attributes:
        rest: The text, or the markup, below the head; all of it where there is no head.
        fields: What the head says, by the keys of `WORDS`.
    """

    rest: str
    fields: dict[str, str] = field(default_factory=dict)


def read_forwarded(text: str, *, is_html: bool) -> Forwarded:
    """Return the mail that another one forwards.

    Args:
        text: The text of the whole mail, or its markup.
        is_html: Which of both it is.
    """
    found = Forwarded(text)
    for _ in range(MAX_HEADS):
        lines = list(_markup_lines(found.rest) if is_html else _text_lines(found.rest))
        head = _head(lines)
        if head is None:
            break
        last, fields = head
        found = Forwarded(found.rest[lines[last][1] :], fields)
    if found.fields and not is_html:
        return Forwarded(QUOTE.sub("", found.rest), found.fields)
    return found


def _text_lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the first lines, and where each ends."""
    end = 0
    for line in text.splitlines(keepends=True)[:MAX_LINES]:
        end += len(line)
        yield line[:MAX_LINE_CHARS].strip(), end


def _markup_lines(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for number, found in enumerate(LINE_END.finditer(text)):
        if number >= MAX_LINES:
            return
        line = TAG.sub("", text[start : found.start()][-MAX_LINE_CHARS:])
        yield " ".join(unescape(line).split()), found.end()
        start = found.end()


def _head(lines: Sequence[tuple[str, int]]) -> tuple[int, dict[str, str]] | None:
    """Return the last line of the first head, and what it says."""
    for at, (line, _) in enumerate(lines):
        if _field(line) is None:
            continue
        fields: dict[str, str] = {}
        last = at
        for below in range(at, min(at + MAX_HEAD_LINES, len(lines))):
            if pair := _field(lines[below][0]):
                fields.setdefault(*pair)
                last = below
            elif len(fields) >= KINDS_NEEDED and not lines[below][0]:
                break
        if len(fields) >= KINDS_NEEDED and "from" in fields:
            return last, fields
    return None


def _field(line: str) -> tuple[str, str] | None:
    found = HEAD_LINE.fullmatch(line)
    kind = KIND_OF.get(found[1].lower()) if found else None
    return (kind, found[2]) if found and kind else None
