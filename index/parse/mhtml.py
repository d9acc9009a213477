"""The page inside a "web page, single file": a MIME message around HTML (RFC 2557).

Browsers save the page as the first HTML part, and pictures and styles as the others; the
message's `start` parameter may name another part as the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message

from index.parse.mime import charset_of, content_of, message_parts, open_message

__all__ = ["Mhtml", "unpack_mhtml"]

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


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
    message = open_message(content)
    page = None if message is None else _page_part(message)  # one without headers is false
    html = content_of(page) if page else None
    if message is None or page is None or html is None:
        return None
    return Mhtml(html=html, charset=charset_of(page), url=_url(message, page))


def _page_part(message: Message) -> Message | None:
    pages = [part for part in message_parts(message) if part.get_content_type() in HTML_TYPES]
    start = _header(message, "content-type").partition("start=")[2]
    start_id = start.partition(";")[0].strip(" \"'<>")
    named = (part for part in pages if start_id and start_id in _header(part, "content-id"))
    return next(named, None) or next(iter(pages), None)


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
