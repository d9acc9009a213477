r"""Tell a list of articles whose teasers are so long that they pass for paragraphs.

Rule 1: what a page says of itself counts (`CollectionPage`, "Search results for"), if it links
    to some headlines and has little text.
Rule 2: else teasers give it away: most end cut short, every other line is the text of a link, or
    the first is and the page calls itself no article.
Rule 3: a page about somebody who writes says so, or is one text on who its title names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.parse.secondlook import SecondLook
from index.parse.titles import folded
from index.parse.wordlists import any_of

__all__ = ["LONGEST_TEASER", "is_listing", "is_profile"]

LONGEST_TEASER = 250
KINDS = frozenset({"collectionpage", "profilepage", "searchresultspage", "profile"})
LONGEST_LISTING = 1500
CUT_SHORT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*(?:(?:continue reading|read more|mehr|weiterlesen|"
    r"lire la suite|leer más|leia mais)\b.{0,80})?$",
    re.IGNORECASE,
)
END_CHARS = 120
FEWEST_TEASERS = 3
TEASER_SHARE = 0.5
HEADLINE_SHARE = 0.3
# Lists of articles as the programs of many sites title them.
TITLE = any_of(r"""
    ^(?:categor(?:y|ies)|tags?|topics?|archives?)\W*:
    ^(?:posts? (?:by|tagged|in)|(?:all )?articles? (?:by|tagged))\b
    ^search(?: results?)?(?: for|:| \||$)|^results? for\b|^no results? found
    \b(?:archives?|author at .{1,60}|search results)$
    ^(?:tous les articles|toutes les actualités|résultats de (?:la )?recherche)\b
    ^(?:catégorie|étiquette)\W*:
    ^(?:alle (?:artikel|beiträge)|suchergebnis|schlagwort|kategorie|archiv(?:e)?\b\W)
    ^(?:hemeroteca|resultados de (?:la )?b[uú]s(?:queda|ca)|todas las noticias)\b
    ^(?:todas as notícias)\b|^(?:etiqueta|archivo)\W*:
    ^(?:alle artikelen|zoekresultaten|archief\b)|^(?:tag|kategoria|archiwum|wyniki wyszukiwania)\b\W
    \bwszystkie artykuły$
    ^(?:лента новостей|результаты поиска|архив\b|все (?:новости|статьи|материалы))
    (?:記事|ニュース)?一覧$|検索結果
    搜索结果|新闻列表
""")


PROFILES = frozenset({"profilepage", "profile"})
WRITER = any_of(r"""
    \b(?:journalist|reporter|correspondent|columnist|editor|writer|freelance)\b
    \b(?:journaliste|rédact(?:eur|rice)|correspondante?)\b
    \b(?:redakteur(?:in)?|journalistin|korrespondent(?:in)?|volontär(?:in)?|autorin)\b
    \b(?:periodista|redactora?|corresponsal|jornalista|repórter|redatora?|giornalista|cronista)\b
    \b(?:verslaggever|redacteur|journalista|dziennikarka|reporterka|toimittaja)\b
    \b(?:журналист|корреспондент|редактор)
    \b(?:covers|reports on|writes (?:about|on|for)|schreibt (?:über|für)|couvre)\b
    \b(?:écrit (?:sur|pour)|escribe (?:sobre|para|en)|escreve (?:sobre|para))\b
    \b(?:scrive (?:di|per|su)|schrijft (?:over|voor))\b
    記者|记者|기자|صحفي
""")
NAME = re.compile(r"[^\W\d_][\w'’.-]{0,25}(?: [^\W\d_][\w'’.-]{0,25}){1,3}")


def is_profile(title: str, kind: str, paragraphs: Sequence[str]) -> bool:
    """Return whether a page with neither day nor author is about somebody who writes.

    Args:
        title: Its title, empty for none.
        kind: What it says it is, in lower case.
        paragraphs: The text that was found in it.
    """
    if not paragraphs or sum(map(len, paragraphs)) > LONGEST_LISTING:
        return False
    if kind in PROFILES:
        return True
    first = paragraphs[0]
    is_name = NAME.fullmatch(title) is not None and title.istitle() | title.isupper()
    return is_name and folded(title) in folded(first) and WRITER.search(first) is not None


def is_listing(
    *,
    title: str,
    kind: str,
    paragraphs: Sequence[str],
    longest: int,
    look: Callable[[], SecondLook],
) -> bool:
    """Return whether a page that does not call itself an article is a list of articles.

    Args:
        title: Its title, empty for none.
        kind: What it says it is, in lower case.
        paragraphs: The text that was found in it.
        longest: Characters of the longest of them.
        look: Looks at the page a second time.
    """
    cut = sum(CUT_SHORT.search(paragraph[-END_CHARS:]) is not None for paragraph in paragraphs)
    if cut >= max(FEWEST_TEASERS, TEASER_SHARE * len(paragraphs)):
        return True
    says_so = kind in KINDS or TITLE.search(title) is not None
    if says_so and sum(map(len, paragraphs)) <= LONGEST_LISTING:
        return len(look().headlines) >= FEWEST_TEASERS
    if longest > LONGEST_TEASER or not paragraphs:
        return False
    headlines = look().headlines
    # No article begins with the headline of another.
    begins_linked = folded(paragraphs[0]) in headlines - {folded(title)}
    if kind == "website" and begins_linked and len(headlines) >= FEWEST_TEASERS:
        return True
    if len(paragraphs) < FEWEST_TEASERS:
        return False
    linked = sum(folded(paragraph) in headlines for paragraph in paragraphs)
    return linked >= max(FEWEST_TEASERS, HEADLINE_SHARE * len(paragraphs))
