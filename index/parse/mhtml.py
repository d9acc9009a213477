"""The page inside a "web page, single file": a MIME message around HTML (RFC 2557).

Browsers save the page as the first HTML part, and pictures and styles as the others; the
message's `start` parameter may name another part as the page.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

__all__ = ["Mhtml", "message_parts", "unpack_mhtml"]

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# Frames and advertisements nest some parts; beyond this a message is made to do harm.
MAX_PARTS = 5000
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Mhtml:
    """What a MIME message says of the page in it.

    Attributes:
        html: The page's bytes, transfer encoding undone.
        charset: Charset declared for them, as written.
        url: Address the page was saved from.
    """

    html: bytes
    charset: str | None = None
    url: str | None = None


def unpack_mhtml(content: bytes) -> Mhtml | None:
    """Return the page in a MIME message, or None where there is none.

    No input makes it raise.
    """
    try:
        message = email.message_from_bytes(content)
    except RecursionError:  # thousands of parts inside one another
        return None
    page = _page_part(message)
    payload = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(payload, bytes):
        return None
    return Mhtml(html=payload, charset=_charset(page), url=_url(message, page))


def _page_part(message: Message) -> Message | None:
    pages = [part for part in message_parts(message) if part.get_content_type() in HTML_TYPES]
    start = _header(message, "content-type").partition("start=")[2]
    start_id = start.partition(";")[0].strip(" \"'<>")
    named = (part for part in pages if start_id and start_id in _header(part, "content-id"))
    return next(named, None) or next(iter(pages), None)


def message_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message in order, without `Message.walk`'s recursion."""
    waiting = [(message, 0)]
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop()
        yield part
        inner = part.get_payload()
        if isinstance(inner, list) and depth < MAX_DEPTH:
            children = (child for child in reversed(inner) if isinstance(child, Message))
            waiting.extend((child, depth + 1) for child in children)


def _charset(page: Message) -> str | None:
    charset = page.get_content_charset()
    return str(charset) if charset else None


def _url(message: Message, page: Message) -> str | None:
    written = (
        _header(message, "snapshot-content-location"),
        _header(page, "content-location"),
        _header(message, "content-location"),
    )
    addresses = ("".join(text.split()) for text in written)  # long ones are folded over lines
    return next((url for url in addresses if url.lower().startswith(("http:", "https:"))), None)


def _header(part: Message, name: str) -> str:
    return str(part.get(name, ""))
