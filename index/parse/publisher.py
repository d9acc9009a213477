"""Who published it? The outlet's name as people say it.

Strategy: og:site_name, JSON-LD and the like offer names. Each is first made what people
say: of "name | slogan" the part that the host is named after, else the first; no legal
form, no ending of an address, no "Online" behind the host's name. The first offer wins, but

Rule 1: a name comes before an address ("Example-Times.com"), an address of this host
    before the name of an app or of a company that it is not named after.
Rule 2: a name that has nothing to do with the host, such as a rubric's, yields to one
    that has the host's very letters.
Rule 3: an abbreviation is spelled out where the tags or the host tell what it stands for;
    two letters also where a visible copyright notice tells it.
Rule 4: a name in the host's spelling ("exampletimes") is written as another place of the
    page writes it, at last as its visible text does.

Where the tags name nobody, the page itself is asked (outlets.py); where no place gives a
name, the host is made readable, and without a host the account or the owner of the
copyright stands for it. An account on a network is no name: it belongs to a desk as often.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.parse.hosts import MAX_SHORT_LETTERS, host_label, host_name, name_from_host
from index.parse.jsonld import LinkedData, text_of, types_of
from index.parse.mastheads import names_of_feeds, names_of_front_page
from index.parse.outlets import (
    abbreviates,
    copyright_owner,
    has_letters,
    is_named_after,
    names_in_titles,
    owner_in_text,
    publishers_in_microdata,
    spelled_in_text,
)
from index.parse.titles import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborHTMLParser

    from index.parse.head import Head

__all__ = ["outlet_names", "publisher_name"]

PUBLISHER_NAMES = ("dc.publisher", "dcterms.publisher", "publisher", "sitename")
APP_NAMES = ("application-name", "apple-mobile-web-app-title")
COPYRIGHT_NAMES = ("copyright", "dcterms.rightsholder")
SLOGAN = re.compile(
    r"\s+(?:[|·•–—-]|::|//)\s+|\s+\((?=www|https?:)|\s*\|\s*|:\s+|\s*：\s*|\s+[–—]\s*"
)
DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?", re.ASCII | re.IGNORECASE
)
ENDING = re.compile(r"(?<=\w)(?:\.(?:com?|org|net))?\.[a-z]{2,}$", re.IGNORECASE)
LEGAL_FORM = re.compile(
    r",?\s(?:GmbH(?:\s?&\s?Co\.?\s?KG)?|AG|Inc\.?|Ltd\.?|Limited|LLC|PLC|S\.A\.|S\.?L\.|"
    r"S\.?p\.?A\.?|S\.?r\.?l\.?|B\.V\.|A/S)$",
    re.IGNORECASE,
)
# What an outlet adds for its pages on the net: "Example Times Online".
EDITION = re.compile(
    r"(?:(?:\s+|(?<=[^\x00-\u2e7f]))(?:online|web|digital)|\s?(?:オンライン|デジタル|電子版))$",
    re.IGNORECASE,
)
MAX_NAME_CHARS = 60
MAX_OFFER_CHARS = 300  # what is longer is a text about the outlet
NEWS = re.compile(r"\s+News$", re.IGNORECASE)
TWO_LETTERS = 2  # stand for too much to be a name; those of three and more are what people say
MIN_TELLING_LETTERS = 8  # of a host whose letters cannot be those of a name by chance


def outlet_names(
    tree: LexborHTMLParser,
    head: Head,
    linked: LinkedData,
    headlines: Iterable[str],
    url: str | None,
    *,
    mastheads: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return all that the outlet may be called: the best name, then all as the page has it.

    Args:
        tree: The parsed page; it is asked only where the tags do not tell.
        head: The page's tags.
        linked: Its JSON-LD.
        headlines: The headline as other places than the title element have it.
        url: The page's address, where known.
        mastheads: Its headings that link to the front page.
    """
    host = host_name(url)
    label = host_label(host) if host else ""
    declared, apps = _declared(head, linked), head.values(*APP_NAMES)
    companies = head.values(*PUBLISHER_NAMES)
    # The owner is often a company with many outlets.
    owners = list(filter(None, map(copyright_owner, head.values(*COPYRIGHT_NAMES))))
    names = _spoken(declared, label) or _spoken(_companies(companies, declared, label), label)
    shown = _shown(tree, head, headlines, names, label)
    if not names:
        shown += [name for name in mastheads if _is_named_by_host(name, label)]
    if not names and not label:  # a host tells more than a link to it
        known = (head.title, head.first("og:title"), *_addresses(declared, label))
        shown += names_of_front_page(tree, known)
    account = (head.first("twitter:site") or "").lstrip("@")
    addresses = _addresses([*declared, *companies, *apps, *shown], label)
    best = _best(names, _spoken(shown, label), addresses, _spoken(apps, label), label)
    if best is None and not label:
        best = account if account and not DOMAIN.fullmatch(account) else next(iter(owners), None)
    full = best or label
    if full.islower() or len(_short(full)) <= MAX_SHORT_LETTERS:
        ends = SLOGAN.split((head.title or "")[:MAX_OFFER_CHARS])[1:][-1:]
        others = _spoken((*companies, *apps, *shown, *owners, *ends), label)
        full = _spelled_out(full, [*names, *addresses, label, *([] if names else others)])
        if len(short := _short(full)) == TWO_LETTERS:
            full = owner_in_text(tree, short) or full
        full = _well_spelled(full, [*names, *others, *addresses, *filter(str.isalnum, [account])])
    if full == label:
        full = spelled_in_text(tree, label) or label
    offers = (full, *declared, *companies, *apps, *shown, account, label, *owners)
    return tuple(dict.fromkeys(offer for offer in offers if offer))


def publisher_name(names: tuple[str, ...], url: str | None) -> str | None:
    """Return the outlet's name as people say it.

    Args:
        names: What `outlet_names` returned.
        url: The page's address, where known.
    """
    host = host_name(url)
    if host and (not names or names[0] == host_label(host)):
        return name_from_host(host)
    return next(iter(names), None)


def _declared(head: Head, linked: LinkedData) -> list[str]:
    site = next((node for node in linked.nodes if "website" in types_of(node)), {})
    offers = (
        head.first("og:site_name"),
        text_of(linked.resolve(linked.get("publisher"))),
        text_of(site.get("name")),
    )
    return [offer for offer in offers if offer]


def _companies(companies: Sequence[str], declared: Sequence[str], label: str) -> Sequence[str]:
    """Return the companies; where an address of this host is declared, those named after it."""
    if not _addresses(declared, label):
        return companies
    return [
        name
        for name in companies
        if _is_related(name, label) or abbreviates(label, SLOGAN.split(name)[0])
    ]


def _shown(
    tree: LexborHTMLParser, head: Head, headlines: Iterable[str], names: Sequence[str], label: str
) -> list[str]:
    """Return what the page calls its outlet elsewhere; only where the tags leave a doubt."""
    if names and _is_related(names[0], label) and not names[0].islower():
        return []
    sides = names_in_titles((head.title, head.first("og:title")), headlines, label)
    return sides if names else [*publishers_in_microdata(tree), *sides, *names_of_feeds(tree)]


def _is_named_by_host(name: str, label: str) -> bool:
    """Whether a host is called as a name is or is short for it; where there is none, any may be."""
    return not label or is_named_after(label, name) or abbreviates(label, name)


def _best(
    names: Sequence[str],
    shown: Sequence[str],
    addresses: Sequence[str],
    apps: Sequence[str],
    label: str,
) -> str | None:
    """Return the name of the best place, by rules 1 and 2."""
    if names:
        rivals = [*names[1:], *shown, *addresses] if len(label) >= MIN_TELLING_LETTERS else []
        stranger = not _is_related(names[0], label)
        own = (name for name in rivals if stranger and has_letters(name, label))
        return next(own, names[0])
    if addresses:
        shown = [name for name in shown if is_named_after(label, name)]
    return next(iter([*shown, *addresses, *apps]), None)


def _short(name: str) -> str:
    """Return a name without the word "News" behind it."""
    return NEWS.sub("", name)


def _spelled_out(name: str, others: Sequence[str]) -> str:
    """Return what a name is an abbreviation of, by rule 3, else the name."""
    short = _short(name)
    if len(short) > MAX_SHORT_LETTERS:
        return name
    return next((other for other in others if abbreviates(short, other)), name)


def _well_spelled(name: str, others: Sequence[str]) -> str:
    """Return a name as others spell it, by rule 4, where it is spelled like a host."""
    if not name.islower() or " " in name:
        return name
    return next((o for o in others if has_letters(o, name) and not o.islower()), name)


def _spoken(offers: Iterable[str], label: str) -> list[str]:
    """Return the names among offers, without slogan and legal form; no addresses."""
    names = []
    for offer in offers:
        texts = SLOGAN.split(offer[:MAX_OFFER_CHARS].lstrip("@"))
        parts = [LEGAL_FORM.sub("", text).strip() for text in texts]
        fit = [part for part in parts if part and not _is_address(part, label)]
        # Behind an address stands a slogan, unless the host says otherwise.
        rest = fit if fit[:1] == parts[:1] else [part for part in fit if has_letters(part, label)]
        own = rest if len(label) > MAX_SHORT_LETTERS else []
        named = next((part for part in own if is_named_after(label, part)), "".join(rest[:1]))
        if named and len(named) <= MAX_NAME_CHARS:
            names.append(_without_edition(_without_ending(named, label), label))
    return names


def _addresses(offers: Iterable[str], label: str) -> list[str]:
    """Return what offers that are addresses of this host call it, in their spelling."""
    found = []
    for offer in offers:
        text = SLOGAN.split(offer[:MAX_OFFER_CHARS], maxsplit=1)[0]
        first = LEGAL_FORM.sub("", text).strip()
        if _is_address(first, label):
            bare = first.rstrip("/").rpartition("/")[2]
            found.append(ENDING.sub("", bare.removeprefix("www.")))
    return [name for name in found if not label or has_letters(name, label)]


def _is_address(text: str, label: str) -> bool:
    """Whether a text is a host's name; "St.Example" is the outlet's where that is the host."""
    return DOMAIN.fullmatch(text) is not None and not has_letters(text, label)


def _without_ending(name: str, label: str) -> str:
    bare = ENDING.sub("", name)
    return bare if bare != name and has_letters(bare, label) else name


def _without_edition(name: str, label: str) -> str:
    """Return a name without "Online" behind it, if the host is named after the rest.

    Of a rest in other letters than Latin no host can tell.
    """
    bare = EDITION.sub("", name)
    return bare if bare != name and (is_named_after(label, bare) or not bare.isascii()) else name


def _is_related(name: str, label: str) -> bool:
    key, letters = folded(label), folded(name)
    return not key or not letters or key in letters or letters in key
