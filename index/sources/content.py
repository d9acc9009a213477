"""What the bytes of a file are: HTML, a MIME message, plain text, or no page at all.

The name of a file says what it should be, its first bytes what it is. Text is whatever
has no signature of another format and few control bytes; zero bytes do not count, since
UTF-16 is half zeros and some sites send stray ones.
"""

from __future__ import annotations

import re

from index.model import PageKind

__all__ = ["binary_kind", "page_kind"]

# How files begin that are not text; sources: the specifications of the formats.
SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"OggS", "a sound or film"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"\x1f\x8b", "a gzip file inside a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"bplist00", "a binary property list"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"wOF", "a font"),
)
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\xef\xbb\xbf")
# Tab, line feed, form feed, carriage return are text, and escape opens ISO-2022-JP.
CONTROL_BYTES = bytes(set(range(1, 32)) - set(b"\t\n\f\r\x1b"))
# Random bytes have 10 %; the worst of texts, Chinese in UTF-16, has 5 %.
MAX_CONTROL_SHARE = 0.08
START_BYTES = 8192

HEADER_LINES = rb"(?:HTTP/[^\n]{0,200}\n)?(?:[\w-]{1,60}:[^\n]{0,2000}\n){0,60}\s*"
MARKUP = re.compile(
    HEADER_LINES + rb"(?:<!--[^>]{0,1000}>\s*)?(?:<\?xml[^>]{0,200}>\s*)?"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
MIME_MESSAGE = re.compile(
    rb"(?:[\w-]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,20}){0,30}?"
    rb"Content-Type:\s*multipart/related",
    re.IGNORECASE,
)


def page_kind(content: bytes, named: PageKind) -> PageKind:
    """Return what the bytes of a page are, which its name may get wrong.

    Args:
        content: The bytes of a page.
        named: What its name says it is.
    """
    start = content[:START_BYTES]
    mark = next((mark for mark in BYTE_ORDER_MARKS if start.startswith(mark)), b"")
    start = start.removeprefix(mark).replace(b"\0", b"").lstrip()
    if start.startswith(b"From: <Saved by"):
        return PageKind.MHTML
    if named is PageKind.EMAIL:  # the head of a mail looks like header lines above a page
        return PageKind.HTML if start.startswith(b"<") else named
    if MIME_MESSAGE.match(start):
        return PageKind.MHTML
    if MARKUP.match(start):
        return PageKind.HTML
    return PageKind.HTML if named is PageKind.MHTML and start.startswith(b"<") else named


def binary_kind(content: bytes) -> str | None:
    """Return what the bytes are, with an article, if they are not text."""
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(BYTE_ORDER_MARKS):
        return None
    start = content[:START_BYTES].replace(b"\0", b"")
    controls = len(start) - len(start.translate(None, CONTROL_BYTES))
    return "binary data" if controls > MAX_CONTROL_SHARE * len(start) else None
