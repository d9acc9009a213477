"""A saved page -> the article in it, or the reason why there is none.

    bytes -> decode -> tree -> metadata, body -> rejection? -> Article

See README.md of this folder for the stages and their rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from index.errors import RecordError
from index.model import Article, Page, PageKind, Rejected
from index.parse.assemble import assemble
from index.parse.capture import Capture, read_capture
from index.parse.decode import Decoded, decode
from index.parse.eml import told_by_head, unpack_email
from index.parse.forwarded import read_forwarded
from index.parse.html import parse_html
from index.parse.metadata import Metadata
from index.parse.mhtml import unpack_mhtml
from index.record import article_from_record

__all__ = ["parse_page"]

# The comments that browsers and SingleFile put above a page that they save.
SAVED_FROM = re.compile(
    r"\s*(?:<!doctype[^>]{0,200}>\s*)?(?:<html[^>]{0,300}>\s*)?<!--\s*"
    r"(?:saved from url=\(\d+\)|page saved with[^>]{0,200}?\burl:\s*)(https?://[^\s>]{1,2000})",
    re.IGNORECASE,
)
SAVED_CHARS = 4000


def parse_page(page: Page) -> Article | Rejected:
    """Return the article in a page, or why there is none, whatever the bytes are."""
    if not page.content or page.content.isspace():
        return _rejected(page, "empty page")
    match page.kind:
        case PageKind.HTML:
            return _parse_html(page, decode(page.content))
        case PageKind.MHTML:
            return _parse_mhtml(page)
        case PageKind.EMAIL:
            return _parse_email(page)
        case PageKind.TEXT:
            return _parse_capture(page)
        case PageKind.RECORD:
            return _parse_record(page)


def _parse_html(page: Page, decoded: Decoded) -> Article | Rejected:
    known = page if page.url else replace(page, url=_noted_url(decoded))
    return parse_html(decoded.utf8 or decoded.text, known, status=_header_status(decoded.headers))


def _parse_email(page: Page) -> Article | Rejected:
    mail = unpack_email(page.content)
    if mail is None:
        return _rejected(page, "e-mail without a text in it")
    text = decode(mail.content, charset=mail.charset).text
    if mail.is_forwarded:
        forwarded = read_forwarded(text, is_html=mail.is_html)
        mail, text = told_by_head(mail, forwarded.fields), forwarded.rest
    told = Metadata(title=mail.title, published=mail.sent, source=mail.source)
    if mail.is_html:
        return parse_html(text, page, told=told)
    return _assemble_capture(page, read_capture(text, told=told))


def _parse_mhtml(page: Page) -> Article | Rejected:
    saved = unpack_mhtml(page.content)
    if saved is None:
        return _rejected(page, "web archive (MHTML) without a page in it")
    decoded = decode(saved.html, charset=saved.charset)
    return _parse_html(replace(page, url=page.url or saved.url), decoded)


def _parse_capture(page: Page) -> Article | Rejected:
    return _assemble_capture(page, read_capture(decode(page.content).text))


def _assemble_capture(page: Page, capture: Capture) -> Article | Rejected:
    return assemble(
        page,
        capture.metadata,
        capture.paragraphs,
        status=capture.status,
        link_share=capture.link_share,
        look=lambda: capture.look,
    )


def _parse_record(page: Page) -> Article | Rejected:
    try:
        record = json.loads(page.content)
    except (ValueError, RecursionError) as error:
        return _rejected(page, f"not a JSON record: {_first_line(error)}")
    if not isinstance(record, Mapping):
        return _rejected(page, "not a JSON record: a JSON object is needed")
    try:
        return article_from_record(record, page.location)
    except RecordError as error:
        return _rejected(page, str(error))


def _noted_url(decoded: Decoded) -> str | None:
    """Return the address that was noted above the page by whoever saved it."""
    if noted := _header_url(decoded.headers):
        return noted
    comment = SAVED_FROM.match(decoded.start(SAVED_CHARS))
    return comment[1] if comment else None


def _header_url(headers: Mapping[str, str]) -> str | None:
    """Return the address that the lines a fetching tool wrote above the page tell."""
    named = (headers.get(name, "") for name in ("url", "content-location", "x-url"))
    return next((url for url in named if url.startswith(("http://", "https://"))), None)


def _header_status(headers: Mapping[str, str]) -> int | None:
    code = headers.get(":status", "")
    return int(code) if code.isdecimal() else None


def _rejected(page: Page, reason: str) -> Rejected:
    return Rejected(location=page.location, reason=reason)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
