"""Can everybody read the article, or only who pays?

Strategy: what publishers tell search engines and social networks; what a page shows says
little, as saved pages are often those of subscribers. JSON-LD goes first: it is what paywalled
sites must say for search engines to read on. A metered article counts as paid: sooner or later
a reader has to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.model import Access

if TYPE_CHECKING:
    from index.parse.head import Head
    from index.parse.jsonld import LinkedData

__all__ = ["declared_access"]

KEY = "isAccessibleForFree"
TIERS = ("article:content_tier", "og:article:content_tier", "content_tier", "content-tier")
WORDS = {
    **dict.fromkeys(("true", "yes", "1", "free"), Access.FREE),
    **dict.fromkeys(("false", "no", "0", "locked", "metered", "paid", "premium"), Access.PAID),
}


def declared_access(head: Head, linked: LinkedData) -> Access | None:
    """Return who may read the article, None where the page does not say."""
    told = (
        linked.article.get(KEY),
        linked.page.get(KEY),
        head.first(KEY.lower()),
        head.first(*TIERS),
    )
    return next(filter(None, map(_access, told)), None)


def _access(value: Any) -> Access | None:
    text = str(value).rpartition("/")[2] if isinstance(value, bool | str) else ""
    return WORDS.get(text.strip().lower())
