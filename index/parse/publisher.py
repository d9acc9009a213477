"""Who published it? The outlet's name as people say it.

Strategy: og:site_name, JSON-LD and the like offer names; an offer that is an address is
passed over, and a slogan behind the name cut off. Where they are silent, the page itself
is asked (outlets.py), then the account; where no place gives a name, the host is made
readable, and without a host the owner of the copyright stands for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.parse.jsonld import LinkedData, text_of, types_of
from index.parse.outlets import copyright_owner, outlet_in_title, publisher_in_microdata

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser

    from index.parse.head import Head

__all__ = ["host_name", "name_from_host", "outlet_names", "publisher_name"]

META_NAMES = (
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)
COPYRIGHT_NAMES = ("copyright", "dcterms.rightsholder")
SLOGAN = re.compile(r"\s+(?:[|·•–—-]|::|//)\s+|\s+\((?=www|https?:)|\s*\|\s*|:\s+|\s+[–—]\s*")
DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.[a-z]{2,}/?", re.IGNORECASE)
MAX_NAME_CHARS = 60
# Labels of a host that name no outlet, and the public suffixes of two parts.
PLAIN_LABELS = frozenset(
    ("www", "www2", "www3", "m", "mobile", "amp", "edition", "news", "beta", "web", "app")
)
SECOND_LEVEL = frozenset(
    ("co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv", "in", "web")
)
COUNTRY_CODE = 2  # letters
WORD_STARTS = re.compile(r"(?<=[a-z])(?=(?:times|post|news|herald|tribune|daily|gazette|mail)$)")


def host_name(url: str | None) -> str | None:
    """Return the host of an address in lower case; None: it has none."""
    try:
        return (urlsplit(url or "").hostname or "").rstrip(".") or None
    except ValueError:
        return None


def host_label(host: str) -> str:
    """Return the label of a host that names the outlet.

    Example:
        >>> host_label("www.the-example-times.co.uk")
        'the-example-times'
    """
    labels = host.lower().split(".")
    while len(labels) > 1 and labels[0] in PLAIN_LABELS:
        del labels[0]
    if labels[-2:-1] and labels[-2] in SECOND_LEVEL and len(labels[-1]) == COUNTRY_CODE:
        del labels[-1]
    return labels[-2] if len(labels) > 1 else labels[0]


def name_from_host(host: str) -> str:
    """Return a readable form of a host.

    Example:
        >>> name_from_host("www.the-example-times.co.uk")
        'The Example Times'
    """
    words = WORD_STARTS.sub("-", host_label(host)).split("-")
    return " ".join(word.capitalize() for word in words if word)


def outlet_names(
    tree: LexborHTMLParser,
    head: Head,
    linked: LinkedData,
    headlines: Iterable[str],
    url: str | None,
) -> tuple[str, ...]:
    """Return all that the outlet may be called, best first, as the page has it.

    Args:
        tree: The parsed page; it is asked only where the tags name nobody.
        head: The page's tags.
        linked: Its JSON-LD.
        headlines: The headline as other places than the title element have it.
        url: The page's address, where known.
    """
    host = host_name(url)
    label = host_label(host) if host else None
    declared = tuple(filter(None, _declared(head, linked)))
    shown: tuple[str | None, ...] = ()
    if publisher_name(declared, None) is None:
        shown = publisher_in_microdata(tree), outlet_in_title(head.title, headlines, label)
    twitter = head.first("twitter:site")
    offers = (
        *declared,
        *shown,
        twitter.lstrip("@") if twitter and not twitter.startswith("http") else None,
        label,
        # The owner is often a company with many outlets.
        *map(copyright_owner, head.values(*COPYRIGHT_NAMES)),
    )
    return tuple(dict.fromkeys(offer for offer in offers if offer))


def _declared(head: Head, linked: LinkedData) -> tuple[str | None, ...]:
    site = next((node for node in linked.nodes if "website" in types_of(node)), {})
    return (
        head.first("og:site_name"),
        text_of(linked.resolve(linked.get("publisher"))),
        *head.values(*META_NAMES),
        text_of(site.get("name")),
    )


def publisher_name(names: tuple[str, ...], url: str | None) -> str | None:
    """Return the outlet's name as people say it.

    Args:
        names: What `outlet_names` returned.
        url: The page's address, where known.
    """
    host = host_name(url)
    for name in names:
        part = SLOGAN.split(name, maxsplit=1)[0].strip()
        if part and len(part) <= MAX_NAME_CHARS and not DOMAIN.fullmatch(part):
            return part if not host or part != host_label(host) else name_from_host(host)
    return name_from_host(host) if host else None
