"""Which names stand in a byline?

Strategy: a text is cut into parts at commas and the words for "and", the words for "by"
come off its front, and what is no name goes: roles, desks, addresses, accounts, dates,
whole sentences. What stands in structured data is believed; a text that is only seen must
look like a name, too.

Rule 1: beside a person, agencies and the outlet itself are dropped: "Jane Roe, Reuters" tells
    who she works for. Only in a list of authors an agency is one more of them.
Rule 2: where nobody else signs, they are kept, for they are who wrote the piece.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import unquote

from index.parse.agencies import AGENCIES
from index.parse.titles import folded
from index.parse.wordlists import AnyCase

__all__ = ["BY", "clean_names", "is_by", "is_desk", "is_house", "signed_names"]

# Words for "by", as a pattern; in the languages of many news sites.
BY = (
    r"(?:(?:written|posted|words|story|reported|reporting|reviewed|edited|report|review|"
    r"researched|authored|article|submitted|published|created|compiled|interview|photos?|analysis|comment)\s+)?by|"
    r"(?:publié|écrit|rédigé)e?\s+par|(?:publicad[oa]|escrit[oa]|redactado|postado)\s+por|"
    r"(?:scritto|pubblicato|postato)\s+da|(?:geplaatst|geschreven|gepost)\s+door|"
    r"(?:publicerad|upplagd|publisert|skrevet)\s+a[vf]|"
    r"authors?|autorin/autor|autor(?:en|in|es|a|ka|ul|zy)?|auteurs?|autore|autrice|författare|"
    r"forfatter|skribent|"
    r"(?:ein\s+)?(?:(?:artikel|beitrag|bericht|erstellt|verfasst|geschrieben|interview|text)\s+)?von|"
    r"vom|text|texte|texto|testo|tekst|teksti|"
    r"par|propos\s+recueillis\s+par|por|di|a\s+cura\s+di|da|door|av|af|från|fra|skrevet\s+av|"
    r"skriven\s+av|kirjoittanut|oleh|penulis|pewarta|reporter|journalist|interview|yazar|yazan|haber|"
    r"autorius|autors|írta|szerző|scris\s+de|de|του|της|από|автор|автори|от|від|текст|"
    r"piše|napisal[ao]|egilea|egileak|avtor|аўтар|հեղինակ|ავტორი|deur|eftir|লেখক|প্রতিবেদক|"
    r"लेखक|લેખક|ਲੇਖਕ|எழுதியவர்|రచయిత|ಲೇಖಕರು?|എഴുതിയത്|ලියන ලද|نویسنده|بقلم|كتب|كتبت|نوشته|تحریر|"
    r"מאת|โดย|bởi|tác\s+giả|文・?|文／|取材|撰文|记者|記者|作者|글"
)
PREFIX = AnyCase(rf"^\W{{0,3}}(?:{BY})(?:\s*[:：|/]\s*|\s+)")
# "Door onze redacteur Jannie de Roo", "Von unserer Korrespondentin Jana Rehm".
OUR_REPORTER = AnyCase(
    r"(?:onze|unser(?:em|er|en)?|notre|nuestr[oa]|nostr[oa]|noss[oa]|our)\s+[\w-]+\s+(?=\w)"
)
BARE_BY = AnyCase(BY)
DIGIT = re.compile(r"\d")
SUFFIX = re.compile(r"\s*(?:기자|特派員|記者|记者|论説委員|編集委員|特派记者)(?:\s*외.*)?$")
SPLIT = re.compile(
    r"\s*(?:[,;|·•\n、，；／]|\s[/–—-]\s|\s&\s|\s\+\s|(?<=\w)/(?=\w))\s*|"
    r"\s+(?:and|und|et|y|e|och|og|en|ja|i|und|with|mit|avec|con|ve|dan|και|и|та|و)\s+"
)
FIRM = AnyCase(r"\b(?:gmbh|inc|ltd|llc|e\.\s?v|corp|stiftung|foundation|institute?)\b")
# Behind a name: "Jane Roe on 3 May 2026", and "Jane Roe on" where the day is in an element of its
# own. In lower case, for "Le" is a family name.
MOMENT = re.compile(
    r"\s+(?:(?:on|at|am|um|le|el|em|il|op|den|kl\.?|à|às|alle|dnia)\s+[^\d;|]{0,20}\d.*|on|at|am|um)$"
)
ADDRESS = re.compile(r"(?:(?<=\s)|^)[\w.+-]*@[\w.-]+")
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
INVERTED = re.compile(r"([^\W\d_][\w'’-]+),\s+([^\W\d_a-z][\w'’.-]+)")
NO_NAME = re.compile(
    r"https?:|www\.|@|\[at\]|\.(?:com|org|net|de|fr|es|it|co|uk|info|html?)\b|[{}<>=#*?!\"“”/]|"
    r"\d|^\W*$",
    re.IGNORECASE,
)
ROLE = AnyCase(
    r"\b(?:staff|editors?|editorial|reporters?|correspondents?|contributors?|contributing|"
    r"columnists?|writers?|freelance|desk|team|newsroom|bureau|admin|administrator|webmaster|"
    r"redaktion|redaktions?\w*|redakteur\w*|korrespondent\w*|reda[ck]ci[aóoón]\w*|redação|"
    r"redazione|rédaction|redactie|redaktionen|toimitus|szerkesztőség|redakce|redakcja|"
    r"journaliste?|periodista|giornalista|correspondant|corresponsal|enviado|chief|director|"
    r"professor|author|unknown|anonymous|guest|none|null|user|jobs|"
    r"marketing|manager|\w*leiterin|direktor\w*|founder|coordinator|owner|ceo|"
    r"no author|agencias?|agenzie|agences?|agenturen|wire|services?|sponsored|partner|updated|"
    r"published|min(?:ute)?s? read|comments?|share|follow|view|read|posts?|biography|profile|"
    r"редакция|редакція|корреспондент|журналист|編集部|特派員|编辑|責任編輯|责任编辑)\b"
)
EMPLOYED = re.compile(r"(\S+ .*\S) for (?:the )?(.+)", re.IGNORECASE)
PARTICLE_WORDS = """
    de da do dos das di del della der den van von zu zur of la le les el al bin ibn ben y e
    ter ten te af av du des lo st dela 't 'd
"""
PARTICLES = frozenset(PARTICLE_WORDS.split())
MAX_WORDS, MAX_CHARS, MAX_AUTHORS = 6, 60, 20
MAX_PREFIXES = 3  # "Text: by ..."


def signed_names(text: str, outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the names that a text which is seen on the page starts with.

    Args:
        text: A byline, its parts on lines of their own.
        outlets: Names of the outlet; they are dropped beside a person.
    """
    found: list[str] = []
    for line in text.splitlines():
        parts = _kept(_before_house(_names(line), outlets), outlets)
        # A lone word behind a full name is the place that the author writes from, and one
        # beside a number the day of the week.
        full = any(" " in name for name in (*found, *parts)) or DIGIT.search(line)
        found += [part for part in parts if _looks_like_name(part) and (" " in part or not full)]
        if found and not parts:
            break
    return _kept(found, outlets)


def _before_house(names: Sequence[str], outlets: Sequence[str]) -> Sequence[str]:
    """Return the names before a house: "Jane Roe, Example Times, Exampleville" has a place last."""
    houses = (at for at, name in enumerate(names) if at and is_house(name, outlets))
    return names[: next(houses, len(names))]


def is_by(text: str) -> bool:
    """Return whether a text is only a word for "by"."""
    return BARE_BY.fullmatch(text) is not None


def is_desk(text: str) -> bool:
    """Return whether a text names a role or a desk rather than a person."""
    return ROLE.search(text) is not None


def _looks_like_name(text: str) -> bool:
    words = text.split()
    if not words or len(words) > MAX_WORDS - 1:
        return False
    return all(_is_capital(word[0]) or word.lower() in PARTICLES or "'" in word for word in words)


def _is_capital(letter: str) -> bool:
    """Return whether names can begin so; Georgian has capitals, and does not use them."""
    return letter == letter.title()


def is_agency(author: str) -> bool:
    """Return whether an author's name is that of a wire service."""
    return folded(author) in AGENCIES


def is_house(author: str, outlets: Sequence[str]) -> bool:
    """Return whether an author's name is that of an agency, the outlet or another firm."""
    name = folded(author)
    known = {folded(outlet) for outlet in outlets}
    return (
        is_agency(author)
        or bool(FIRM.search(author))
        or any(outlet and (name in outlet or outlet in name) for outlet in known)
    )


def clean_names(
    values: Sequence[str], outlets: Sequence[str] = (), *, agencies_sign: bool = False
) -> tuple[str, ...]:
    """Return the names of authors in texts that name them.

    Args:
        values: Bylines or names, as pages write them.
        outlets: Names of the outlet; they are dropped beside a person.
        agencies_sign: Whether an agency that is a value of its own stays beside a person.

    Example:
        >>> clean_names(["By Jane Roe and John Doe, Political Editor", "@news"])
        ('Jane Roe', 'John Doe')
    """
    names = [name for value in values for name in _names(value)]
    agencies = AGENCIES.intersection(map(folded, values)) if agencies_sign else frozenset()
    return _kept(names, outlets, agencies)


def _kept(
    names: Iterable[str], outlets: Sequence[str], agencies: Collection[str] = ()
) -> tuple[str, ...]:
    """Return names, each once; beside a person no house but these agencies."""
    by_key: dict[str, str] = {}
    for name in names:
        person = _without_employer(name, outlets)
        by_key.setdefault(folded(person), person)
    persons = [name for name in by_key.values() if not is_house(name, outlets)]
    if persons and agencies:
        persons = [name for key, name in by_key.items() if key in agencies or name in persons]
    return tuple(persons or by_key.values())[:MAX_AUTHORS]


def _without_employer(name: str, outlets: Sequence[str]) -> str:
    """Return the name of a person without the outlet: "Jane Roe for the Example Times"."""
    employed = EMPLOYED.fullmatch(name)
    return employed[1] if employed and is_house(employed[2], outlets) else name


def _names(value: str) -> list[str]:
    text = BRACKETED.sub(" ", unquote(value) if "%" in value else value)
    text = MOMENT.sub("", ADDRESS.sub(";", text) if "@" in text else text).strip(" '\"\n")
    if inverted := INVERTED.fullmatch(text):
        text = f"{inverted[2]} {inverted[1]}"
    return [name for part in SPLIT.split(text) if part and (name := _name(part))]


def _name(part: str) -> str | None:
    for _ in range(MAX_PREFIXES):
        if (prefix := PREFIX.match(part)) is None:
            break
        part = part[prefix.end() :]
    if our := OUR_REPORTER.match(part):
        part = part[our.end() :]
    part = SUFFIX.sub("", part).strip(" \t.:-–—_|,")
    if is_agency(part):
        return part
    if NO_NAME.search(part) or is_desk(part) or is_by(part):
        return None
    if not 1 < len(part) <= MAX_CHARS or len(part.split()) > MAX_WORDS:
        return None
    if part.islower() and part.isascii() and " " not in part:  # the name of an account
        return None
    if part.isupper() and " " in part:
        part = part.title()
    return " ".join(part.split())
