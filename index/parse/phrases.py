"""Tell the furniture of a page from its article by how a line of text begins.

Strategy: what stands inside the container of an article without any telling class name:
share and newsletter lines, read-also links, advertisement marks, counters of comments,
copyright and disclaimer lines, lines of date or reading time. Only short lines are
looked at, and only from their beginning; a sentence of the article that begins the same
way is longer than such a line, or goes on.

Rule 1: a phrase is listed only if no reporter would begin a paragraph of that length with
    it.
Rule 2: the languages of the lists are those of many news sites; others pass unfiltered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.parse.sentences import SENTENCE_SIGNS
from index.parse.wordlists import begins_with

__all__ = [
    "announces_end",
    "announces_other_pages",
    "article_lines",
    "is_credit_line",
    "is_furniture_line",
]

LONGEST_LINE = 160
LONGEST_WHOLE_LINE = 80
LONGEST_HEAD_LINE = 80
LONGEST_CREDIT = 120
LONGEST_ANNOUNCEMENT = 60

# Parted by bars; compared in lower case, without punctuation.
WHOLE_LINES = frozenset(
    line.strip()
    for line in """
    ad|ads|advert|advertisement|advertising|sponsored|sponsored content|promoted|iklan|mainos
    promoted content|article continues below|story continues below|continue reading|story continues
    anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|annons|annonse|annonce
    reklam|reklama|реклама|広告|广告|광고|إعلان|quảng cáo|διαφήμιση
    share|share this|share this article|share this story|share on facebook|share on twitter|tweet
    sharing is caring|teilen|partager|compartir|compartilhar|condividi|delen|dela|del|udostępnij
    paylaş|поделиться|シェア|分享|공유|save|print|email|copy link|bookmark|link copied
    drucken|imprimer|imprimir|stampa
    comments|comment|no comments|no comment|leave a comment|leave a reply|view comments
    join the conversation|kommentare|commentaires|comentarios|comentários|commenti|reacties
    read more|read also|see also|more on this|more about|learn more|related|related stories
    related articles|related coverage|related topics|related posts|related content|related news|more
    recommended|you may also like|you might also like|more stories|more news|topics|tags|categories
    must read|dont miss|top stories|most read|most popular|trending|latest news|up next
    mehr zum thema|lesen sie auch|auch interessant|weitere artikel|weiterlesen|à lire aussi
    lire aussi|sur le même sujet|lee también|le puede interesar|más información|leia também
    leia mais|saiba mais|veja também|leggi anche|lees ook|läs även|läs mer|les også|læs også
    czytaj także|zobacz także|ilgili haberler|читайте также|читайте еще|関連記事|あわせて読みたい
    相关阅读|相关新闻|延伸阅读|관련기사|اقرأ أيضا|baca juga
    newsletter|subscribe|subscribe now|sign up|sign up now|log in|register|watch now|play video
    abonnieren|sabonner|suscríbete|subscribe to our newsletter|sign up for our newsletter
    follow us|close|caption|image|photo|photos|gallery|video|text size|back to top|loading
    about the author|about the authors|legal disclaimer|disclaimer|copyright|all rights reserved
    """.replace("\n", "|").split("|")
) - {""}
WHOLE_LINE_STARTS = frozenset(line.split()[0] for line in WHOLE_LINES)

BEGINS_LIKE_FURNITURE = begins_with(r"""
    read (?:more|also|next|the full)\b
    see also\b
    also read\b
    related (?:story|stories|article)
    more (?:from|on|about|great)\b[^.]{0,50}$
    click here\b
    sign up (?:for|to)\b
    subscribe to\b
    follow (?:us|him|her|them|@)
    follow .{1,60} on (?:twitter|x|facebook|instagram|google|whatsapp)
    (?:like|join) us on\b
    get (?:the latest|our|in touch)\b
    have a (?:tip|story)\b
    like this story
    (?:to )?(?:write|email) .{0,40}@
    contact (?:the|us|our)\b.{0,80}@
    powered by\b
    disclaimer:
    unsubscribe\b
    view (?:this|in) (?:e-?mail|newsletter|(?:your )?browser)
    listen to this article
    you (?:may|might) also\b
    don['’]?t miss\b
    stay (?:informed|up to date)\b
    download (?:the|our)\b.{0,40} app
    lesen sie (?:auch|mehr|hier)
    lies auch
    mehr (?:zum thema|dazu|lesen)
    (?:à )?lire (?:aussi|également)
    voir aussi
    lee (?:también|más)
    (?:te puede|puede que te) interesa
    leia (?:também|mais)
    veja também
    leggi anche
    lees ook
    läs (?:också|även|mer)
    les også
    læs også
    czytaj (?:też|także|również)
    читайте (?:также|ещё|еще)
    baca juga
    oku(?:yun|mak için)\b
    ©|\(c\)|copyright\b
    (?:photo(?:graph)?s?(?: by| credit)?|image(?: credit)?s?|fotos?|fotografía|bild|imagen):
    crédits? photo
    (?:写真|図|사진)[:=：＝]
    (?:quelle|source):
    (?:(?:last )?(?:published|updated|posted|modified)(?: on| at)?:?)[^.!?]{0,30}\d
    (?:veröffentlicht|aktualisiert|erstellt|stand:|publié|mis à jour)[^.!?]{0,30}\d
    (?:publicado|actualizado|atualizado|pubblicato|aggiornato|bijgewerkt)[^.!?]{0,30}\d
    (?:uppdaterad|publicerad|oppdatert|publisert|opdateret)[^.!?]{0,30}\d
    (?:опубликовано|обновлено|公開|更新|입력|수정)[^.!?]{0,30}\d
    \d+ (?:min(?:ute)?s?|hours?|days?) ago[^.!?]{0,12}$
    vor \d+ (?:minuten?|stunden?|tagen?)[^.!?]{0,12}$
    permalink\b
    tempo (?:de leitura|di lettura)
    lese(?:zeit|dauer)
    temps de lecture
    tiempo de lectura
    \d{1,3}[ -]?min(?:ute)?s?\.?(?: read| lesezeit| de lecture| de lectura)
    (?:\d+|no|be the first to) comments?\b
    \d+ (?:kommentare|commentaires|comentarios)
""")
READING_TIME = re.compile(
    r"[^.!?]{0,60}(?:reading time|min(?:ute)? read|lesedauer)\b", re.IGNORECASE
)
# What a site says of itself, wherever in a line: the pattern is tried where its word stands,
# since a search of all patterns in all lines costs more than reading the page.
NOTICES = {
    key: re.compile(pattern)
    for key, pattern in {
        "refresh": r"\brefresh (?:(?:the|this) page|your browser)\b",
        "entry was posted": r"^this entry was posted (?:on|in|by)\b",
        "thank you": r"\bthank you for (?:registering|subscribing|signing up)",
        "notifications": r"\bnotifications can be managed",
        "javascript": r"\benable java ?script",
        "commission": r"\b(?:earn|receive|get) (?:an? )?(?:small )?(?:affiliate )?commission\b",
        "affiliate": r"\bcontains? affiliate links",
        "sign up": r"\bsign up (?:now|today|here|for (?:the|our))\b.{0,80}"
        r"\b(?:newsletters?|inbox|alerts)|\bnewsletter\b.{0,120}\bsign up (?:now|today|here)",
        "to your": r"\b(?:delivered|sent) (?:straight|right|directly) to your "
        r"(?:inbox|device|phone)",
        "views expressed": r"\bviews expressed (?:in|by|here)\b.{0,100}\b(?:are|do not|not)\b",
        "if you": r"\bif you (?:enjoyed|liked) (?:this|reading)",
        "like this": r"\bfor more stories like this",
        "gefallen": r"\bhat ihnen (?:der|dieser) (?:artikel|beitrag) gefallen",
        "abonn": r"\babonnez-vous (?:pour|dès|à (?:partir|la|notre)|gratuitement)\b"
        r"|\babonniere[nt]?\b.{0,60}\b(?:whatsapp|newsletter|push)"
        r"|\bréservée? (?:à nos|aux) abonnés",
        "folg": r"\bfolg(?:st du|en sie)\b.{0,60}\b(?:whatsapp|newsletter|push)",
        "inhalt": r"\bempfohlener redaktioneller inhalt"
        r"|\bextern\w* inhalt\w*\b.{0,40}(?:angezeigt|anzeigen|artikel)",
        "il vous": r"\bil vous reste .{1,12} de cet article",
    }.items()
}
# "It sinks... Read more »": of such a line only the end tells.
CUT_SHORT = re.compile(r"(?:…|\.\.\.) ?(?:read )?more ?[>»›→]*$")
CUT_SHORT_ENDS = ("more", ">", "»", "›", "→", " ")
# What only follows an article; boxes of related stories also stand in the middle of one.
BEGINS_LIKE_END = begins_with(r"""
    also in the news
    (?:want )?more stories like this
    about the authors?\b
    leave a (?:reply|comment)
    join the (?:conversation|discussion)
""")
BEGINS_LIKE_OTHER_PAGES = begins_with(r"""
    related (?:stories|articles|posts|content|news|coverage|reading|topics)
    more (?:stories|from|great|in|on)\b
    (?:you|we) (?:may|might) also
    recommended (?:for you|stories|articles|reading)
    read next
    most (?:read|popular)
    comments?$
    (?:legal )?disclaimer:?$
    mehr zum thema
    das könnte (?:sie|dich)
    auch interessant
    weitere (?:artikel|themen)
    (?:à )?lire aussi
    sur le même sujet
    te puede interesar
    (?:noticias|artículos) relacionad
    leia também
    veja também
    leggi anche
    lees ook
    läs också
    les også
    читайте также
    関連記事
    相关(?:阅读|新闻)
    관련기사
""")
CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?(?:uhr|h|[ap]\.?m\.?|[a-z]{2,4}))?", re.IGNORECASE
)
PHOTO_CREDIT = re.compile(
    r"\b(?:photo(?:graph)?|picture|image|foto|bild|imagen|immagine|zdj\.?|kuva)s?"
    r"(?: by| credit)?: ?[^.!?:]{2,50}\)?$"
    r"|© ?(?!(?:19|20)\d)[^.!?:]{2,50}$"
)
# "(AP Photo/Jane Roe, File)": whatever stands around it is a caption.
BRACKETED_CREDIT = re.compile(
    r"[(（](?:[A-Z][\w.-]{1,15} ){0,2}(?:Photo|PHOTO|Foto|FOTO|Bild|Image|Picture)s?"
    r"(?:/|:| by | courtesy )[^()（）]{2,100}[)）]"
)
# An agency or initials alone.
BRACKETED = re.compile(r"[(（][^()（）]{2,40}[)）]")
LONGEST_NAME = 55  # characters behind the colon, with the colon
LONGEST_CAPTION = 500
BYLINE = re.compile(r"(?:by|von|par|por|di|door|av|af) ", re.IGNORECASE)
YEAR = re.compile(r"(?:\b|\D)(?:19|20)\d\d(?:\b|年)")
# The result of a match: "Lund 3-1 Berg", "2:1 (1:0)"; no date, time or span of pages.
SCORE = re.compile(
    r"[^\W\d_] (?:\d{1,3} ?[-–] ?\d{1,3}|\d{1,2} ?: ?\d) [A-ZÀ-Þ]"
    r"|^(?:\d{1,2} ?[-–] ?\d{1,2}|\d{1,2} ?: ?\d)(?: ?\(\d{1,2}[-–:]\d{1,2}\))?$"
)
SENTENCE_END = re.compile(rf"[{SENTENCE_SIGNS}:][\"'”’»)\]』」]*$")
PUNCTUATION = re.compile(r"[^\w ]+")


def is_furniture_line(text: str) -> bool:
    """Return whether a line of text belongs to the page rather than to the article.

    Example:
        >>> is_furniture_line("Sharing is caring!"), is_furniture_line("Sharing helps.")
        (True, False)
    """
    return _is_furniture(text, text.lower(), NOTICES)


def article_lines(texts: Sequence[str]) -> list[int]:
    """Return the places of the lines that belong to the article; faster than line by line."""
    lower = [text.lower() if len(text) <= LONGEST_CAPTION else "" for text in texts]
    whole = "\n".join(lower)
    said = [key for key in NOTICES if key in whole]  # mostly none
    return [
        place for place, text in enumerate(texts) if not _is_furniture(text, lower[place], said)
    ]


def _is_furniture(text: str, lower: str, notices: Collection[str]) -> bool:
    if len(text) > LONGEST_CAPTION:
        return False
    if _is_notice(lower, notices) or _is_caption(text, lower):
        return True
    if len(text) > LONGEST_LINE:
        return False
    if ("read" in lower or "lese" in lower) and READING_TIME.match(text):
        return True
    if _is_clock_or_bracketed(text):
        return True
    return _is_whole_line(lower) or BEGINS_LIKE_FURNITURE(text)


def _is_clock_or_bracketed(text: str) -> bool:
    start = text[:1]
    if start.isdigit():
        return CLOCK.fullmatch(text) is not None
    return start in "(（" and BRACKETED.fullmatch(text) is not None


def is_credit_line(text: str, *, above_text: bool) -> bool:
    """Return whether a line near the headline is a byline, date or rubric.

    Args:
        text: The line.
        above_text: No running text stands before it, so that any line which is no
            sentence is taken for one; else only one with a byline or a year in it.
    """
    if len(text) >= LONGEST_CREDIT or SENTENCE_END.search(text):
        return False
    if SCORE.search(text) and not YEAR.search(text):
        return False
    if above_text and len(text) < LONGEST_HEAD_LINE:
        return True
    return BYLINE.match(text) is not None or YEAR.search(text) is not None


def announces_other_pages(text: str) -> bool:
    """Return whether a heading or short line announces what comes after an article."""
    return _is_announcement(text) and BEGINS_LIKE_OTHER_PAGES(text)


def announces_end(text: str) -> bool:
    """Return whether a heading or short line only ever stands below an article."""
    return _is_announcement(text) and BEGINS_LIKE_END(text)


def _is_announcement(text: str) -> bool:
    return len(text) <= LONGEST_ANNOUNCEMENT and not text.endswith(".")


def _is_whole_line(lower: str) -> bool:
    """Return whether a line is one of `WHOLE_LINES`, or has no letters at all."""
    if len(lower) > LONGEST_WHOLE_LINE and lower[0].isalnum():
        return False
    start = lower.partition(" ")[0]
    if start.isalnum() and start not in WHOLE_LINE_STARTS:
        return False
    letters = " ".join(PUNCTUATION.sub("", lower).split())
    return not letters or letters in WHOLE_LINES


def _is_notice(lower: str, notices: Collection[str]) -> bool:
    if lower.endswith(CUT_SHORT_ENDS) and CUT_SHORT.search(lower):
        return True
    said = [key for key in notices if key in lower]
    return bool(said) and any(NOTICES[key].search(lower) for key in said)


def _is_caption(text: str, lower: str) -> bool:
    # Most lines have none of these, and asking is cheaper than searching.
    end = text[-LONGEST_NAME:]
    if (":" in end or "©" in end) and PHOTO_CREDIT.search(
        lower, max(0, len(lower) - LONGEST_CREDIT)
    ):
        return True
    return ("(" in text or "（" in text) and BRACKETED_CREDIT.search(text) is not None
