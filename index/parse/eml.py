"""The article in an e-mail: a newsletter, or a page that somebody mailed or saved so.

Strategy: the HTML part is the page; the plain part, which is the same with less, is read where
there is no other. What the head of the message says goes before what the page seems to say, as
few mails have any metadata: the subject is the headline, the date that of the sender's clock, and
the sender's name the outlet.

Rule: a forwarded mail has the head of whoever forwarded it; of that only the subject is taken. The
head that the mail program wrote above the text (`forwarded`) is that of the mail itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from index.parse.dates import is_plausible, parse_moment
from index.parse.head import one_line
from index.parse.hosts import name_from_host
from index.parse.mime import charset_of, content_of, message_parts, open_message

__all__ = ["Mail", "told_by_head", "unpack_email"]

MAX_HEADER_CHARS = 1000
FORWARDED = re.compile(
    r"^\s*(?:\[[^\]]{1,30}\]\s*)?(?:(?:fwd?|wg|tr|rv|i|enc|doorst|vb|vs|pd)\s*:\s*)+", re.IGNORECASE
)
REPLY = re.compile(r"^\s*(?:(?:re|aw|sv|antw|odp)\s*:\s*)+", re.IGNORECASE)
# "Jane Roe from The Example", "The Example via Mailer": the outlet is one part of it.
SENDER = re.compile(r"^.{1,60}?\s(?:from|at|@|von|de|da)\s(?=[A-ZÀ-Þ])|\s(?:via|newsletter)\b.*$")

BRACKETED_ADDRESS = re.compile(r"\[(?:mailto:)?([^\[\]\s]{3,200})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a message holds.

    Attributes:
        content: Bytes of the part that is read, transfer encoding undone.
        is_html: Whether they are HTML, else plain text.
        charset: Charset declared for them, as written.
        title: The subject, without marks of forwarding.
        sent: When it was sent, with the sender's zone.
        source: The sender's name, else a readable form of the host.
        is_forwarded: Whether the subject says that somebody else passed it on.
    """

    content: bytes
    is_html: bool
    charset: str | None = None
    title: str | None = None
    sent: date | datetime | None = None
    source: str | None = None
    is_forwarded: bool = False


def unpack_email(content: bytes) -> Mail | None:
    """Return what is to be read of a message, or None where it has no text.

    No input makes it raise.
    """
    message = open_message(content)
    if message is None:
        return None
    part, is_html = _text_part(message)
    payload = content_of(part) if part else None
    if part is None or payload is None or not payload.strip():
        return None
    subject = _header(message, "subject")
    is_forwarded = FORWARDED.match(subject) is not None
    return Mail(
        content=payload,
        is_html=is_html,
        charset=charset_of(part),
        title=_bare(subject),
        sent=None if is_forwarded else _sent(message),
        source=None if is_forwarded else _sender(_header(message, "from")),
        is_forwarded=is_forwarded,
    )


def told_by_head(mail: Mail, fields: Mapping[str, str]) -> Mail:
    """Return a forwarded mail with what the head above its text says.

    Args:
        mail: The mail.
        fields: What the head says, see `Forwarded`.
    """
    sent = parse_moment(fields.get("sent", ""))
    return replace(
        mail,
        title=_bare(fields.get("subject", "")) or mail.title,
        sent=sent if sent and is_plausible(sent) else None,
        source=_sender(fields.get("from", "")) if fields else None,
    )


def _bare(subject: str) -> str | None:
    """Return a subject without the marks of mails that were forwarded or answered."""
    return REPLY.sub("", FORWARDED.sub("", subject)).strip() or None


def _text_part(message: Message) -> tuple[Message | None, bool]:
    parts = [part for part in message_parts(message) if not _is_attached(part)]
    for kind in ("text/html", "text/plain"):
        for part in parts:
            if part.get_content_type() == kind:
                return part, kind == "text/html"
    return None, False


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).lower().startswith("attachment")


def _header(message: Message, name: str) -> str:
    """Return a header as one line of text, encoded words decoded."""
    raw = str(message.get(name, ""))[:MAX_HEADER_CHARS]
    try:
        return one_line(str(make_header(decode_header(raw))))
    except (MessageError, LookupError, ValueError):
        return one_line(raw)


def _sent(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(message.get("date", ""))[:MAX_HEADER_CHARS])
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if is_plausible(moment) else None


def _sender(text: str) -> str | None:
    name, address = parseaddr(BRACKETED_ADDRESS.sub(r"<\1>", text))
    name = SENDER.sub("", name).strip(" \"',|-")
    if name and "@" not in name:
        return name
    host = address.rpartition("@")[2]
    return name_from_host(host) if "." in host else None
