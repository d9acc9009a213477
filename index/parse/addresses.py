"""At what address does the article stand? The canonical address of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

from index.identity import url_key
from index.parse.head import one_line

if TYPE_CHECKING:
    from index.parse.head import Head

__all__ = ["canonical_url"]

MAX_URL_CHARS = 2000
# Most are, and joining them with another changes nothing.
WHOLE_ADDRESS = re.compile(r"https?://[^/?#;]+/[^?#;]*")


def canonical_url(head: Head, url: str | None, linked: tuple[Any, ...] = ()) -> str | None:
    """Return the address that the page gives for itself, else the one it came from.

    The order: link rel=canonical, og:url, JSON-LD, the address it was fetched from. A
    front page is refused, since careless sites give it for all their pages.

    Args:
        head: The page's tags.
        url: Where the page was fetched from, where known; relative addresses are
            resolved against it.
        linked: What JSON-LD says: texts or objects with an `@id`.
    """
    texts = [item.get("@id") if isinstance(item, dict) else item for item in linked]
    for offer in (head.canonical, head.first("og:url"), *texts, url):
        if isinstance(offer, str) and (found := _absolute(offer, url)):
            return found
    return None


def _absolute(offer: str, url: str | None) -> str | None:
    offer = "".join(one_line(offer[: 2 * MAX_URL_CHARS]).split())
    if not offer or len(offer) > MAX_URL_CHARS:
        return None
    try:
        is_whole = WHOLE_ADDRESS.fullmatch(offer)
        address = offer if is_whole else urldefrag(urljoin(url or "", offer)).url
    except ValueError:
        return None
    if not address.lower().startswith(("http://", "https://")):
        return None
    return address if url_key(address) else None
