"""Put an article together from what the readers of a page found, or say why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.identity import article_id
from index.model import PARAGRAPH_BREAK, Article, Page, Person, Rejected
from index.parse.characters import readable, readable_lines
from index.parse.dateline import without_dateline_tag
from index.parse.language import spoken_language
from index.parse.metadata import Metadata
from index.parse.mojibake import without_mojibake
from index.parse.reject import rejection
from index.parse.secondlook import SecondLook
from index.parse.sentences import SENTENCE_SIGNS
from index.parse.signed import without_bios
from index.parse.titles import folded

__all__ = ["assemble"]

# Telegrams and captions come without a headline; their first sentence serves as one.
LONGEST_MADE_TITLE = 120
SENTENCE = re.compile(rf".{{20,}}?[{SENTENCE_SIGNS}](?=\s|[\"'”’»」]|[^\x00-\u2e7f]|$)")


def assemble(
    page: Page,
    metadata: Metadata,
    paragraphs: Sequence[str],
    *,
    status: int | None = None,
    link_share: float = 0.0,
    look: Callable[[], SecondLook] | None = None,
) -> Article | Rejected:
    """Return the article that was found in a page, or why it is none.

    Args:
        page: The page it was found in.
        metadata: What the page says about it.
        paragraphs: Its text, nothing twice.
        status: HTTP status that was seen when the page was fetched.
        link_share: Share of the page's visible text that stands in links.
        look: Looks at the page a second time, see `rejection`.
    """
    metadata, paragraphs = _encoded_once(metadata, paragraphs)
    reason = rejection(
        title=metadata.title,
        paragraphs=paragraphs,
        kind=metadata.kind,
        status=status,
        link_share=link_share,
        outlet=metadata.source or "",
        has_date_or_author=metadata.published is not None or _is_signed(metadata),
        look=look,
    )
    if reason:
        return Rejected(location=page.location, reason=reason)
    paragraphs = readable_lines(paragraphs)
    if not paragraphs:
        return Rejected(location=page.location, reason="no readable text")
    source = metadata.source or ""
    # An agency signs its own articles with the first word of its name.
    outlets = (source, source.partition(" ")[0], *metadata.authors)
    first, *rest = without_bios(paragraphs, metadata.authors, source)
    body = PARAGRAPH_BREAK.join((without_dateline_tag(first, outlets), *rest))
    url = metadata.url or page.url
    return Article(
        id=article_id(url, page.location),
        # What is no character (&#0;) is gone by now, the blanks around it are not.
        title=" ".join(readable(metadata.title or _made_title(body)).split()),
        body=body,
        location=page.location,
        published=metadata.published,
        source=metadata.source,
        people=metadata.people,
        persons=tuple(Person(name=own, mentions=0, confidence=0.5) for own in metadata.keywords),
        authors=metadata.authors,
        language=spoken_language(metadata.language, body),
        url=url,
        section=metadata.section,
        access=metadata.access,
    )


def _is_signed(metadata: Metadata) -> bool:
    """Return whether somebody signs; a page with an author's name as its title is about them."""
    title = folded(metadata.title or "")
    return any(folded(author) != title for author in metadata.authors)


def _encoded_once(metadata: Metadata, paragraphs: Sequence[str]) -> tuple[Metadata, Sequence[str]]:
    """Return both with characters that were encoded twice put right."""
    names = (*metadata.authors, *metadata.people)
    fields = [text or "" for text in (metadata.title, metadata.source, metadata.section)]
    found = (*fields, *names, *paragraphs)
    texts = without_mojibake(found)
    if texts is found:
        return metadata, paragraphs
    first_name, first_paragraph = len(fields), len(fields) + len(names)
    title, source, section = texts[:first_name]
    authors_end = first_name + len(metadata.authors)
    repaired = replace(
        metadata,
        title=title or None,
        source=source or None,
        section=section or None,
        authors=tuple(texts[first_name:authors_end]),
        people=tuple(texts[authors_end:first_paragraph]),
    )
    return repaired, texts[first_paragraph:]


def _made_title(body: str) -> str:
    """Return the first sentence of a text, cut at a word where it is long."""
    start = body.partition(PARAGRAPH_BREAK)[0]
    sentence = SENTENCE.match(start[: LONGEST_MADE_TITLE + 1])
    if sentence:
        return sentence[0]
    if len(start) <= LONGEST_MADE_TITLE:
        return start
    cut = start[:LONGEST_MADE_TITLE]
    return (cut.rpartition(" ")[0] or cut) + "…"
