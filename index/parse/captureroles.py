"""What part a line of a text capture plays, told by its look.

Strategy: prose is long or ends like a sentence; a short line is anything else, until its
neighbours tell whether it is a menu, a subheading or a title. Error banners, consent
texts and legal notices are prose by their look and told by their words: a line goes only
if it has several of them, or consists of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from index.parse.phrases import is_furniture_line
from index.parse.sentences import SENTENCE_SIGNS
from index.parse.walls import LEGAL_LINE
from index.parse.wrapping import columns

__all__ = ["Role", "is_index_of_headlines", "read_roles"]


class Role(Enum):
    """What a line is."""

    PROSE = auto()  # a paragraph
    SPEECH = auto()  # a short sentence, "No," she said.
    ITEM = auto()  # an item of a list
    SHORT = auto()  # a title, a subheading, an entry of a menu
    FURNITURE = auto()  # of the page, not of the article
    END = auto()  # comments and legal notices: the article does not go on below


PROSE_COLUMNS = 130
SENTENCE_COLUMNS = 60
SENTENCE_END = re.compile(rf"[{SENTENCE_SIGNS}][\"'”’»«›“)\]』」）]{{0,3}}$")
ITEM = re.compile(r"(?:[-–—•*▪◦‣·]|\d{1,2}[.)])\s+\S")

END_LINE = re.compile(
    r"\W{0,4}(?:legal disclaimer|disclaimer|legal notice|comments?\s?no comments?|"
    r"no comments?(?: yet)?|(?:leave|add|post) a (?:reply|comment)|join the discussion|"
    r"haftungsausschluss|rechtlicher hinweis|avertissement(?: légal)?|mentions légales|"
    r"aviso legal|免责声明|免責事項|إخلاء المسؤولية|"
    r"(?:\d+ )?(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|"
    r"reacties|комментари(?:и|ев|й|я)|评论|評論|コメント|댓글|التعليقات))[\s:：()\d]{0,12}",
    re.IGNORECASE,
)

# Each line is one sign. A text with three signs of a family is of that family; two are
# found in articles about the subject.
LEGAL = r"""
warrant(?:y|ies)|gewähr\b|garantie\b|garantía
responsibility|liability|haftung|responsabili(?:té|dad|dade|tà)|ответственност
all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos
copyright|©|urheberrecht|droits? d.auteur|derechos de autor|著作権|版权
accuracy|completeness|richtigkeit|vollständigkeit|exactitude|exactitud
\bas[ -]is\b|[“"]as is[”"]
reproduced|redistributed|rewritten|weiterverbreitung|reproduction|無断転載|转载
(?:views|opinions) expressed
terms of (?:use|service)|nutzungsbedingungen|conditions d.utilisation
we do not (?:accept|assume)|contact (?:us|the provider)|wir übernehmen
"""
CONSENT = r"""
cookies?\b|クッキー|файлы cookie
consent|einwilligung|zustimmung|consentement|consentimiento|consenso|同意|согласие
privacy|datenschutz|vie privée|privacidad|プライバシー|隐私|конфиденциальност
\b(?:partners|partnern?|partenaires|socios|anbieter|vendors)\b
personali[sz]ed|personalisierte|personnalisée?s?|personalizados
(?:accept|reject) all|alle (?:akzeptieren|ablehnen)|tout (?:accepter|refuser)|aceptar todo
\b(?:we|our|you|your|wir|sie|ihre?|nous|vous|votre|nos|nosotros|usted|tus?|sus?)\b
"""
SIGNS_NEEDED = 3
FAMILIES = tuple(
    tuple(re.compile(sign, re.IGNORECASE) for sign in family.split("\n") if sign)
    for family in (LEGAL, CONSENT)
)

ERROR_WORDS = re.compile(
    r"sorry|oops|whoops|error|http|40[0134]|410|429|451|50[0-4]|not|found|forbidden|access|"
    r"denied|page|gone|unavailable|service|bad|gateway|internal|server|the|this|we|re|"
    r"fehler|seite|nicht|gefunden|zugriff|verweigert|introuvable|erreur|accès|refusé|página|"
    r"no|encontrada|acceso|denegado|pagina|non|trovata|ошибка|страница|не|найдена",
    re.IGNORECASE,
)
ERROR_SENTENCE = re.compile(
    r"\b(?:page|article|story|url|address|link|content|file)\b[^.!?]{0,80}"
    r"(?:not (?:be )?found|n[o'’]t (?:be )?exist|could(?:n['’]t| not) be|no longer|"
    r"has (?:been )?(?:moved|removed)|(?:is|are) (?:not |un)available|isn['’]t available)|"
    r"(?:don['’]t|do not) have permission|access (?:to this \w+ )?(?:is|was) (?:denied|blocked)|"
    r"(?:can(?:['’]t|not)|could(?:n['’]t| not)) find (?:the|that|this) page|"
    r"seite[^.!?]{0,60}nicht (?:gefunden|vorhanden|verfügbar)|seite[^.!?]{0,60}existiert nicht|"
    r"page[^.!?]{0,60}(?:n['’]existe pas|introuvable|n['’]a pas été trouvée)|"
    r"página[^.!?]{0,60}(?:no existe|encontrad|não existe)|"
    r"pagina[^.!?]{0,60}(?:non (?:esiste|è stata trovata)|niet gevonden|bestaat niet)|"
    r"страница[^.!?]{0,60}не (?:найдена|существует)|"
    r"ページ[^。]{0,40}(?:見つかりません|存在しません)|页面[^。]{0,20}(?:不存在|找不到)",
    re.IGNORECASE,
)
ERROR_COLUMNS = 200
LEGAL_COLUMNS = 400
LETTERS = re.compile(r"[^\W_]+")

# In an index page every headline has a teaser of a sentence or two under it.
INDEX_LINES = 4
TEASER_COLUMNS, LONGEST_TEASER = 260, 350
TEASER_SHARE = 0.7
HEADLINE_SHARE = 0.9  # lower, articles with many subheadings are taken for lists
PROSE = frozenset({Role.PROSE})
TEXTS = PROSE | {Role.SPEECH}


def read_roles(lines: Sequence[str]) -> tuple[Role, ...]:
    """Return what each line is."""
    return tuple(map(_role, lines))


def _role(line: str) -> Role:
    if END_LINE.fullmatch(line):
        return Role.END
    if is_furniture_line(line) or _is_notice(line):
        return Role.FURNITURE
    width = columns(line)
    ends = SENTENCE_END.search(line) is not None
    if width >= PROSE_COLUMNS or (ends and width >= SENTENCE_COLUMNS):
        return Role.PROSE
    if ITEM.match(line):
        return Role.ITEM
    return Role.SPEECH if ends else Role.SHORT


def _is_notice(line: str) -> bool:
    """Whether a line is an error banner, a consent text or a legal notice."""
    if columns(line) <= ERROR_COLUMNS:
        words = LETTERS.findall(line)
        only_error = bool(words) and all(map(ERROR_WORDS.fullmatch, words))
        if only_error or ERROR_SENTENCE.search(line):
            return True
    if columns(line) <= LEGAL_COLUMNS and LEGAL_LINE.search(line):
        return True
    return any(
        sum(sign.search(line) is not None for sign in signs) >= SIGNS_NEEDED for signs in FAMILIES
    )


def is_index_of_headlines(lines: Sequence[str], roles: Sequence[Role]) -> bool:
    """Whether a stretch of lines is headlines with teasers rather than an article.

    Short sentences are teasers, too, if nothing else stands below the headlines.
    """
    shown = list(zip(lines, roles, strict=True))
    prose, texts = ([line for line, role in shown if role in kinds] for kinds in (PROSE, TEXTS))
    below = [following for role, following in pairwise(roles) if role is Role.SHORT]
    teasers = sum(columns(line) <= TEASER_COLUMNS for line in prose)
    if len(prose) >= INDEX_LINES and teasers >= TEASER_SHARE * len(prose):
        has_paragraph = max(map(columns, prose)) > LONGEST_TEASER
        return below.count(Role.PROSE) >= HEADLINE_SHARE * len(prose) and not has_paragraph
    are_short = len(texts) >= INDEX_LINES and teasers == len(prose)
    return are_short and sum(role in TEXTS for role in below) == len(texts)
