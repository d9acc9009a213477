"""Who published a text capture that no line above it and no title names?

Strategy: the owner in a legal line, the agency in a bracket atop the text if a line around spells
it, the outlet that stands beside the day, the host, at last the agency of the dateline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parse.dateline import dateline_tag
from index.parse.hosts import host_name, name_from_host

__all__ = ["capture_source"]

OWNER = re.compile(
    r"(?:©|\(c\)|copyright|&copy;)[\s:©]*(?:\(c\)\s*)?(?:\d{4}\s*(?:[-–—]\s*\d{4})?[\s,.:]*)?"
    r"(?:by\s+|von\s+|par\s+)?([^\W\d_][^|,;:\n©]{1,50}?)"
    r"\s*(?:$|\.(?=\s|$)|[|,;©]|\s[-–—]\s|\ball rights\b|\balle rechte\b|\btous droits\b)",
    re.IGNORECASE,
)
# "The Example Herald, 12 October 2026": places stand before a day, too, but without a word
# that papers and stations call themselves by.
DATED_OUTLET = re.compile(
    r"((?=.{0,40}\b(?:times|post|news|herald|tribune|daily|gazette|mail|journal|chronicle|courier|"
    r"observer|press|radio|record|standard|star|sun|telegraph|mirror|echo|argus|examiner|"
    r"zeitung|tagblatt|tageblatt|anzeiger|nachrichten|kurier|journal|figaro|courrier|dépêche|"
    r"diario|periódico|noticias|correo|jornal|folha|correio|gazzetta|corriere|giornale|"
    r"messaggero|dagblad|courant|avisen|tidende|bladet)\b)[^\W\d_][^\d,|]{2,50}?)"
    r"\s?[,|–—]\s?(?=.*\b\d{4}\b).{6,30}",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]{2,40}?)[)\]]")


def capture_source(
    surroundings: Sequence[str], body: Sequence[str], near: Sequence[str], url: str | None
) -> str | None:
    """Return the publisher: who owns the page, signs its text or hosts it.

    Args:
        surroundings: The lines above and below the text.
        body: The text.
        near: The short lines by the title and the start of the text.
        url: The address of the page, where known.
    """
    if owner := next(filter(None, map(OWNER.match, reversed(surroundings))), None):
        return owner[1].strip()
    tag = BRACKETED.match(body[0]) if body else None
    # Legal lines spell a name as its bearer does, tags in capitals.
    if tag and (line := _starting_with(tag[1], surroundings)):
        return line[: len(tag[1])]
    if signed := next(filter(None, map(DATED_OUTLET.fullmatch, near)), None):
        return signed[1]
    host = host_name(url)
    return name_from_host(host) if host else dateline_tag(body[0]) if body else None


def _starting_with(name: str, lines: Sequence[str]) -> str | None:
    start = re.compile(re.escape(name) + r"\b", re.IGNORECASE)
    return next(filter(start.match, lines), None)
