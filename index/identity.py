"""What makes two pages one article: keys of addresses, keys of texts, ids.

A page is fetched under many addresses: with and without `www.`, as a mobile or AMP
variant, with tracking parameters behind it. `url_key` maps them to one string. It is
for comparing only; the address shown to people stays as the page gave it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from index.model import Article

__all__ = [
    "ArticleKeys",
    "article_id",
    "article_keys",
    "content_key",
    "key_of_letters",
    "letters_of",
    "text_key",
    "url_key",
    "url_term",
]

# Sent along by newsletters, social networks and analytics; none of them selects a page.
# Names that some site uses to select a page (`id`, `cid`, `ref`) stay: two addresses kept
# apart by mistake are still joined by their text, two joined by mistake lose an article.
TRACKING = re.compile(
    r"utm_.*|at_(?:medium|campaign|custom\d|link_.*|format|ptr_.*)|mc_[ce]id|"
    r"ns_(?:mchannel|source|campaign|linkname|fee)|pk_.*|mtm_.*|wt_?z?mc(?:[._].*)?|"
    r"fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|igsh|ttclid|srsltid|"
    r"_ga|_gl|cmpid|ref_src|ref_url|xtor|ftag|__twitter_impression",
    re.IGNORECASE,
)
AMP_PARAMETER = re.compile(r"amp|amp_.*|outputtype|output", re.IGNORECASE)
HOST_VARIANT = re.compile(r"^(?:www\d?|m|mobile|amp|touch)\.(?=[^.]+\.)")
AMP_CACHE_HOST = re.compile(r"(?:^|\.)(?:cdn\.ampproject\.org|google\.[a-z.]+)$")
AMP_CACHE_PATH = re.compile(r"^/(?:[cv]/(?:s/)?|amp/(?:s/)?)(?=[^/]+\.[^/]+)")
AMP_PATH = re.compile(r"(?:^/amp(?=/.))|(?:/amp(?=/?$))|(?:\.amp(?=(?:\.html?)?$))", re.IGNORECASE)
INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)

MAX_KNOWN_CHARS = 2000
# With fewer, some 60 words of English, a body alone does not tell two articles apart ("Results at
# a glance"). Bytes, because letters of unspaced scripts take more of them and say more.
SHORT_TEXT_BYTES = 300


class ArticleKeys(NamedTuple):
    """What tells whether two articles are one; None: an article has no such key.

    Attributes:
        id: Its name.
        url_key: Of its address, `url_key`.
        text_key: Of its text, `text_key`.
        version_key: Of text, headline and address; 16 hexadecimal digits.
        copy_key: Of text, headline, publisher and day; likewise.
    """

    id: str
    url_key: str | None
    text_key: str | None
    version_key: str | None
    copy_key: str | None


def article_keys(article: Article) -> ArticleKeys:
    """Return the keys of an article."""
    address, text = url_key(article.url), text_key(article.title, article.body)
    if text is None:
        return ArticleKeys(article.id, address, None, None, None)
    said = text.encode() + letters_of(article.title) + b"\n"
    version = address and _short_key(said, address)
    copy = _short_key(said, f"{article.source}\n{article.day!s}")
    return ArticleKeys(article.id, address, text, version, copy)


def url_key(url: str | None) -> str | None:
    """Return the string that all addresses of one page share.

    Dropped are scheme, `www.` and mobile or AMP hosts, AMP paths and caches, tracking
    parameters, fragment, default port and a trailing slash; parameters are sorted.

    Returns:
        The key, or None where the address names no single page: no host, or a site's
        front page, which careless sites give as the canonical address of all their pages.

    Example:
        >>> url_key("https://m.example.org/a/?utm_source=x#top")
        'example.org/a'
        >>> url_key("http://www.example.org/") is None
        True
    """
    if not url:
        return None
    return _known_key(url) if len(url) <= MAX_KNOWN_CHARS else _key(url)


def _key(url: str) -> str | None:
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    path = parts.path
    if (prefix := AMP_CACHE_PATH.match(path)) and AMP_CACHE_HOST.search(host):
        host, _, path = path[prefix.end() :].partition("/")
        host, path = host.lower(), "/" + path
    host = HOST_VARIANT.sub("", host)
    path = quote(unquote(path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~", errors="replace")
    path = INDEX_PAGE.sub("", AMP_PATH.sub("", re.sub(r"/{2,}", "/", path))).rstrip("/")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not TRACKING.fullmatch(name) and not _asks_for_amp(name, value)
    ]
    if not host or not (path or query):
        return None
    authority = host if port in {None, 80, 443} else f"{host}:{port}"
    return authority + path + ("?" + urlencode(sorted(query)) if query else "")


# A page says its address in half a dozen places. What is longer is seldom said, and not kept.
_known_key = lru_cache(maxsize=1 << 10)(_key)


def url_term(key: str) -> str:
    """Return the term for an address in the field `url_key`.

    An address may be longer than a term should be, so the field holds its key.
    """
    return content_key(key.encode("utf-8", "replace"))


def _asks_for_amp(name: str, value: str) -> bool:
    return bool(AMP_PARAMETER.fullmatch(name)) and value.lower() in {"", "1", "amp", "true"}


@lru_cache(maxsize=4)  # a page that has its turn is asked for it by several stages
def text_key(title: str, body: str) -> str | None:
    """Return a key that two articles share if their texts are the same word for word.

    Case, white space and punctuation do not count, since copies differ in quotes and
    dashes. The title counts only where the body is too short to tell articles apart:
    outlets retitle what they copy.

    Returns:
        32 hexadecimal digits, or None for a body without letters and digits.
    """
    return key_of_letters(title, letters_of(body))


def key_of_letters(title: str, letters: bytes) -> str | None:
    """Return the key of a text (`text_key`) from the letters of its body (`letters_of`)."""
    if not letters:
        return None
    if len(letters) < SHORT_TEXT_BYTES:
        letters = letters_of(title) + b"\n" + letters
    return content_key(letters)


def _short_key(said: bytes, name: str) -> str:
    return blake2b(said + name.encode("utf-8", "replace"), digest_size=8).hexdigest()


# Deleted outside ASCII before anything slower looks at a text, since news is full of them.
TYPOGRAPHIC = "\u2019\u201c\u201d\u2013\u2014\u2018\u2026\u00a0\u2022\u200b\u00a3\u00ab\u00bb\u20ac"
SMALL_BYTES = bytes(range(0x80)).lower() + bytes(range(0x80, 0x100))
OTHER_BYTES = bytes(byte for byte in range(0x80) if not chr(byte).isalnum())
OTHER_SIGNS = re.compile(r"[\W_]+")


def letters_of(text: str) -> bytes:
    """Return the letters and digits of a text, its case folded, as UTF-8.

    Example:
        >>> letters_of("The “Flood” of 2026")
        b'thefloodof2026'
    """
    # ASCII takes one pass over bytes; case is folded character by character, so it may be
    # folded after others are gone.
    if not text.isascii():
        for sign in TYPOGRAPHIC:
            text = text.replace(sign, "")
    letters = text.encode("utf-8", "surrogatepass").translate(SMALL_BYTES, OTHER_BYTES)
    if letters.isascii():
        return letters
    folded = letters.decode("utf-8", "surrogatepass").casefold()
    return OTHER_SIGNS.sub("", folded).encode()


def content_key(content: bytes) -> str:
    """Return a key of bytes: BLAKE2b (RFC 7693) of 16 bytes, as 32 hexadecimal digits."""
    return blake2b(content, digest_size=16).hexdigest()


def article_id(url: str | None, location: str) -> str:
    """Return the id of the article at this address, else at this location.

    Returns:
        12 hexadecimal digits: among a million articles two share an id with a
        probability of less than 1 in 500.
    """
    name = url_key(url) or location
    return blake2b(name.encode("utf-8", "replace"), digest_size=6).hexdigest()
