"""A report as one HTML file: nothing beside it is loaded, and nothing in it runs.

It is to be read on a telephone as well as on paper, in the light or the dark. That nothing
runs holds twice: every text is escaped, and a policy in the page forbids scripts, pictures
and whatever else a page could load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from index.model import Article
from index.terminal import printable
from searcher.export.parts import Report, facts, head_lines, link, text_of
from searcher.model import Hit, Snippet

__all__ = ["html_report"]

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 Georgia, serif; max-width: 42rem; margin: 0 auto; padding: 1rem;
  overflow-wrap: anywhere; }}
h1, h2, dl {{ font-family: system-ui, sans-serif; }}
h1 {{ font-size: 1.5rem; }}
h2 {{ font-size: 1.15rem; line-height: 1.3; margin: 0 0 .4rem; }}
article {{ border-top: 1px solid #8888; padding: 1rem 0; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; margin: 0 0 .6rem;
  font-size: .85rem; }}
dt {{ opacity: .7; }}
dd {{ margin: 0; }}
p {{ margin: .5rem 0; }}
mark {{ background: #ffe08a; color: #000; }}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 10.5pt; }}
  h2, dl {{ break-after: avoid; }}
  a {{ color: inherit; text-decoration: none; }}
  mark {{ background: none; font-weight: bold; }}
}}
</style>
</head>
<body>
<h1>{title}</h1>
<dl>
{facts}
</dl>
<main>
"""
FOOT = "</main>\n</body>\n</html>\n"


def html_report(hits: Iterable[Hit], report: Report) -> Iterator[str]:
    """Yield the page, an article at a time."""
    title = "News articles" + (f": {text_of(report.query)}" if report.query else "")
    yield HEAD.format(title=escape(title), facts=_list(head_lines(report)))
    for hit in hits:
        yield "".join(_section(hit, report))
    yield FOOT


def _list(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in pairs)


def _section(hit: Hit, report: Report) -> Iterator[str]:
    article = hit.article
    language = f' lang="{escape(article.language)}"' if article.language else ""
    yield f'<article id="hit-{hit.rank}">\n'
    yield f'<h2{language} dir="auto">{hit.rank}. {_linked(hit)}</h2>\n'
    yield f"<dl>\n{_list([*facts(hit), *_address(article)])}\n</dl>\n"
    for text in _texts(hit, report):
        yield f'<p{language} dir="auto">{text}</p>\n'
    yield "</article>\n"


def _linked(hit: Hit) -> str:
    title = _marked(hit.title)
    url = link(hit.article)
    return f'<a href="{escape(url)}" rel="noreferrer">{title}</a>' if url else title


def _address(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the address as a text, which paper shows, else where the page was saved."""
    if url := link(article):
        yield "Address", url
    elif article.location:
        yield "Page", printable(article.location)


def _texts(hit: Hit, report: Report) -> Iterator[str]:
    if report.full:
        yield from (escape(text_of(paragraph)) for paragraph in hit.article.paragraphs)
    else:
        yield from map(_marked, hit.snippets)


def _marked(snippet: Snippet) -> str:
    pieces = ((escape(printable(text)), matched) for text, matched in snippet.pieces())
    return "".join(f"<mark>{text}</mark>" if matched else text for text, matched in pieces)
