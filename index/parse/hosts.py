"""What does a host tell about its outlet? The label that names it, and that in a readable form."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["MAX_SHORT_LETTERS", "host_label", "host_name", "name_from_host"]

MAX_SHORT_LETTERS = 4  # of an abbreviation
# Labels of a host that name no outlet, and the public suffixes of two parts.
PLAIN_LABELS = frozenset(
    ("www", "www2", "www3", "m", "mobile", "amp", "edition", "news", "beta", "web", "app")
)
SECOND_LEVEL = frozenset(
    ("co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv", "in", "web")
)
COUNTRY_CODE = 2  # letters
WORD_STARTS = re.compile(r"(?<=[a-z])(?=(?:times|post|news|herald|tribune|daily|gazette|mail)$)")
VOWELS = frozenset("aeiouy")


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
    """Return a readable form of a host; letters that cannot be spoken are an abbreviation.

    Example:
        >>> name_from_host("www.the-example-times.co.uk")
        'The Example Times'
        >>> name_from_host("xtz.example")
        'XTZ'
    """
    label = host_label(host)
    if len(label) <= MAX_SHORT_LETTERS and VOWELS.isdisjoint(label):
        return label.upper()
    words = WORD_STARTS.sub("-", label).split("-")
    return " ".join(word.capitalize() for word in words if word)
