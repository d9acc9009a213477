"""The command `searcher show`: a whole article."""

from __future__ import annotations

from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.record import article_record
from index.terminal import Colour, write_json
from searcher.commands.options import ColourOption, PagerOption, paged_screen
from searcher.commands.raw import write_saved_page
from searcher.records import member_record, snippet_record
from searcher.screens.article import article_lines
from searcher.screens.story import member_lines

__all__ = ["show"]


def show(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The id that a hit shows.")],
    *,
    query: Annotated[
        str | None, typer.Option(metavar="QUERY", help="Highlight what matches.")
    ] = None,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    pager: PagerOption = True,
    raw: Annotated[
        bool, typer.Option("--raw", help="Write the saved page itself, byte for byte.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="With --raw: also where it is another page by now.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show a whole article, with its copies and the other articles of its story."""
    if raw and (as_json or query is not None):
        raise typer.BadParameter("--raw goes neither with --json nor with --query")
    if changed and not raw:
        raise typer.BadParameter("--changed goes with --raw only")
    if raw:
        with searcher.open(archive) as opened:
            pages = opened.pages(article_id)
        write_saved_page(pages, changed=changed, pager=pager)
        return
    with searcher.open(archive) as opened:
        article = opened.article(article_id)
        members, size = opened.story(article_id), opened.story_size(article_id)
        highlighted = opened.highlight(article, query) if query is not None else None
    if as_json:
        record = article_record(article)
        record["members"] = [
            member_record(one) | {"relation": one.relation, "words": one.words} for one in members
        ]
        record |= {"member_count": size.articles, "copy_count": size.pages - 1}
        if highlighted:
            title, paragraphs = highlighted
            record["highlights"] = {
                "title": snippet_record(title),
                "paragraphs": [snippet_record(paragraph) for paragraph in paragraphs],
            }
        write_json(record)
        return
    with paged_screen(color, pager=pager) as screen:
        width, coloured = screen.width, screen.coloured
        screen.show(article_lines(article, highlighted, width=width, coloured=coloured))
        if len(members) > 1:  # the copies of one alone are listed with it
            screen.show(member_lines(article, members, size, width=width))
