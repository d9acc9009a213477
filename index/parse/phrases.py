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

from index.parse.wordlists import any_of

__all__ = ["announces_other_pages", "is_credit_line", "is_furniture_line"]

LONGEST_LINE = 160
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

BEGINNINGS = any_of(r"""
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
    (?:estimated )?reading time
    tempo (?:de leitura|di lettura)
    lese(?:zeit|dauer)
    temps de lecture
    tiempo de lectura
    \d{1,3}[ -]?min(?:ute)?s?\.?(?: read| lesezeit| de lecture| de lectura)
    (?:\d+|no|be the first to) comments?\b
    \d+ (?:kommentare|commentaires|comentarios)
""")
OTHER_PAGES = any_of(r"""
    related (?:stories|articles|posts|content|news|coverage|reading|topics)
    more (?:stories|from|great|in|on)\b
    (?:you|we) (?:may|might) also
    recommended (?:for you|stories|articles|reading)
    read next
    most (?:read|popular)
    about the authors?\b
    leave a (?:reply|comment)
    comments?$
    join the (?:conversation|discussion)
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
    r"(?: by| credit)?: ?[^.!?:]{2,50}\)?$",
    re.IGNORECASE,
)
# An agency or initials alone.
BRACKETED = re.compile(r"[(（][^()（）]{2,40}[)）]")
LONGEST_CAPTION = 300
BYLINE = re.compile(r"(?:by|von|par|por|di|door|av|af) ", re.IGNORECASE)
YEAR = re.compile(r"(?:\b|\D)(?:19|20)\d\d(?:\b|年)")
SENTENCE_END = re.compile(r"[.!?…。！？:؟।][\"'”’»)\]』」]*$")
PUNCTUATION = re.compile(r"[^\w ]+")


def is_furniture_line(text: str) -> bool:
    """Return whether a line of text belongs to the page rather than to the article.

    Example:
        >>> is_furniture_line("Sharing is caring!"), is_furniture_line("Sharing helps.")
        (True, False)
    """
    if len(text) > LONGEST_LINE:
        return len(text) <= LONGEST_CAPTION and PHOTO_CREDIT.search(text) is not None
    if CLOCK.fullmatch(text) or BRACKETED.fullmatch(text) or PHOTO_CREDIT.search(text):
        return True
    letters = " ".join(PUNCTUATION.sub("", text).lower().split())
    return not letters or letters in WHOLE_LINES or BEGINNINGS.match(text) is not None


def is_credit_line(text: str, *, above_text: bool) -> bool:
    """Return whether a line near the headline is a byline, date or rubric.

    Args:
        text: The line.
        above_text: No running text stands before it, so that any line which is no
            sentence is taken for one; else only one with a byline or a year in it.
    """
    if len(text) >= LONGEST_CREDIT or SENTENCE_END.search(text):
        return False
    if above_text and len(text) < LONGEST_HEAD_LINE:
        return True
    return BYLINE.match(text) is not None or YEAR.search(text) is not None


def announces_other_pages(text: str) -> bool:
    """Return whether a heading or short line announces what comes after an article."""
    return len(text) <= LONGEST_ANNOUNCEMENT and OTHER_PAGES.match(text) is not None
