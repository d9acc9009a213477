"""MIME messages (RFC 2045), opened and walked without recursion, whatever somebody made of them."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import Message

__all__ = ["charset_of", "content_of", "message_parts", "open_message"]

# Frames and advertisements nest some parts; beyond this a message is made to do harm.
MAX_PARTS = 5000
MAX_DEPTH = 40


def open_message(content: bytes) -> Message | None:
    """Return the message that bytes are; None where it cannot be read. Nothing makes it raise."""
    try:
        return email.message_from_bytes(content)
    except RecursionError:  # thousands of parts inside one another
        return None


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


def content_of(part: Message) -> bytes | None:
    """Return the bytes of a part, transfer encoding undone; None where it holds other parts."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else None


def charset_of(part: Message) -> str | None:
    """Return the charset that a part declares, as written."""
    charset = part.get_content_charset()
    return str(charset) if charset else None
