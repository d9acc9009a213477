"""Look again at a page in which no credible article was found: what is it instead?

Strategy: reading the body takes out forms, dialogs and notices, which are all that walls and
error pages have. So the few pages that gave little text are parsed once more, and what they
show outside menus and links is read, with a count of the headlines among their links.

Rule 1: most pages are never looked at twice, so this may cost another parse.
Rule 2: links are no text here: menus say "Sign in" on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.parse.titles import folded
from index.parse.widths import width

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["SecondLook", "second_look"]

UNSEEN = ["script", "style", "svg", "template", "head", "select", "button", "option"]
MENUS = ["nav", "aside", "footer"]
PLAYERS = 'video,audio,iframe[src*="embed"],iframe[src*="player"]'
# Menus have shorter entries; ideographs count for two.
SHORTEST_HEADLINE = 20
IDEOGRAPH = 2
MAX_CHARS = 40_000
MAX_LINKS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """What a page shows besides an article.

    Attributes:
        lines: The texts outside links and menus, in order.
        headlines: The links that read like headlines, as keys (`folded`).
        has_player: Whether there is a film or a recording.
        asks_password: Whether there is a field for a password.
        is_text: Whether it is a text capture, where links and menus are lines like others.
    """

    lines: tuple[str, ...] = ()
    headlines: frozenset[str] = frozenset()
    has_player: bool = False
    asks_password: bool = False
    is_text: bool = False


def second_look(tree: LexborHTMLParser) -> SecondLook:
    """Return what a page shows, whatever it is; its tree is altered."""
    has_player = tree.css_first(PLAYERS) is not None
    asks_password = tree.css_first('input[type="password" i]') is not None
    tree.strip_tags([*UNSEEN, *MENUS])
    links = [" ".join(link.text_lexbor().split()) for link in tree.css("a")[:MAX_LINKS]]
    tree.strip_tags(["a"])
    text = tree.body.text(separator="\n", skip_empty=True) if tree.body else ""
    lines = (" ".join(line.split()) for line in text[:MAX_CHARS].splitlines())
    return SecondLook(
        lines=tuple(filter(None, lines)),
        headlines=frozenset(folded(link) for link in links if _is_headline(link)),
        has_player=has_player,
        asks_password=asks_password,
    )


def _is_headline(link: str) -> bool:
    return width(link[:MAX_CHARS], IDEOGRAPH) >= SHORTEST_HEADLINE
