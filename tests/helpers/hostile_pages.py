"""Pages made to take time, memory or the parser down: each of about a given size.

Used by tests/indexing/test_hostile.py, which asks that each ends well, and by
tests/benchmarks/bench_hostile.py, which measures how the time grows with the size.
"""

from __future__ import annotations

import json
from collections.abc import Callable

__all__ = ["HOSTILE", "HOSTILE_TEXTS"]

SENTENCE = "The harbour of Lund was closed on Monday after a barge lost its load. "


def _filled(unit: str, size: int, before: str = "", after: str = "") -> str:
    return before + unit * (size // max(1, len(unit))) + after


def _numbered(form: str, size: int, before: str = "", after: str = "") -> str:
    """Return the form with numbers in it, over and over, so that nothing comes twice."""
    count = size // len(form.format(100_000))
    return before + "".join(form.format(number) for number in range(count)) + after


def _json_ld(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script><p>{SENTENCE * 3}</p>'


def _in(markup: str) -> Callable[[str], Callable[[int], str]]:
    """Return a maker of pages that have the unit, repeated, at `{}`."""
    before, _, after = markup.partition("{}")
    return lambda unit: lambda size: _filled(unit, size, before, after)


# What stands in one place of a page, at length.
PLACES = {
    "title": _in(f"<title>{{}}</title><p>{SENTENCE * 3}"),
    "h1": _in(f"<h1>{{}}</h1><p>{SENTENCE * 3}"),
    "og:title": _in(f'<meta property="og:title" content="{{}}"><p>{SENTENCE * 3}'),
    "author": _in(f'<meta name="author" content="{{}}"><p>{SENTENCE * 3}'),
    "byline": _in(f'<h1>Port</h1><p class="byline">{{}}</p><p>{SENTENCE * 3}'),
    "date": _in(f'<h1>Port</h1><span class="date">{{}}</span><p>{SENTENCE * 3}'),
    "time": _in(f'<h1>Port</h1><time datetime="{{}}">x</time><p>{SENTENCE * 3}'),
    "canonical": _in(f'<link rel="canonical" href="https://a.example/{{}}"><p>{SENTENCE * 3}'),
    "site": _in(f'<meta property="og:site_name" content="{{}}"><p>{SENTENCE * 3}'),
    "paragraph": _in(f"<h1>Port</h1><p>{{}}</p><p>{SENTENCE * 3}"),
    "class": _in(f'<h1>Port</h1><div class="{{}}"><p>{SENTENCE * 3}'),
}
UNITS = {
    "letters": "a",
    "capitals": "A",
    "digits": "1",
    "blanks": " ",
    "words": "word ",
    "names": "Jane Roe, ",
    "and": "and ",
    "by": "by By ",
    "bars": "x | ",
    "dashes": "a - ",
    "dots": ". ",
    "colons": "12:34 ",
    "days": "3 January ",
    "slashes": "01/02/",
    "brackets": "(",
    "quotes": "&quot;",
    "entities": "&amp;amp;",
    "at": "a@b.",
    "ideographs": "年月",
    "dashed words": "a-",
    "underscores": "_",
    "hyphens": "-",
}

HOSTILE: dict[str, Callable[[int], str]] = {
    f"{place}: {name}": make(unit) for place, make in PLACES.items() for name, unit in UNITS.items()
} | {
    "open divs": lambda size: _filled("<div>", size, after=SENTENCE),
    "open spans": lambda size: _filled("<span>", size, after=SENTENCE),
    "open fonts": lambda size: _filled("<font size=1>", size, after=SENTENCE),
    "open fonts and paragraphs": lambda size: _filled("<b><i><p>", size, after=SENTENCE),
    "open links": lambda size: _filled("<a href=x>", size, after=SENTENCE),
    "open lists": lambda size: _filled("<ul><li>", size, after=SENTENCE),
    "open tables": lambda size: _filled("<table><tr><td>", size, after=SENTENCE),
    "tables in tables": lambda size: _filled("<table>", size, after=SENTENCE),
    "end tags": lambda size: _filled("</div>", size, before="<p>" + SENTENCE),
    "end tags of paragraphs": lambda size: _filled("</p>", size),
    "closed divs": lambda size: _filled("<div></div>", size, after=SENTENCE),
    "siblings": lambda size: _filled("<p>x</p>", size),
    "paragraphs": lambda size: _numbered(f"<p>{{}} {SENTENCE}</p>", size),
    "same paragraphs": lambda size: _filled(f"<p>{SENTENCE}</p>", size),
    "cut paragraphs": lambda size: _numbered(f"<p>{SENTENCE} {{}}...</p>", size),
    "paragraphs of one beginning": lambda size: _numbered(f"<p>{SENTENCE * 5} {{}}</p>", size),
    "breaks": lambda size: _filled("x<br>", size),
    "headings": lambda size: _numbered("<h1>Port {}</h1>", size, after=f"<p>{SENTENCE * 3}"),
    "linked headings": lambda size: _numbered("<h2><a href=/{0}>Headline {0}</a></h2>", size),
    "times": lambda size: _numbered("<time datetime=2025-01-01>{}</time>", size),
    "metas": lambda size: _numbered('<meta name="a{}" content="x">', size, after=SENTENCE * 3),
    "authors": lambda size: _numbered('<meta name="author" content="Jane Roe{}">', size),
    "bylines": lambda size: _numbered("<h1>Port</h1><p class=byline>By Jane Roe{}</p>", size),
    "links to authors": lambda size: _numbered('<a href="/author/a{}">Jane Roe</a>', size),
    "classes": lambda size: _numbered('<div class="c{}">x</div>', size),
    "comments": lambda size: _filled("<!-- x -->", size, after=SENTENCE * 3),
    "open comments": lambda size: _filled("<!-- ", size),
    "open tags": lambda size: _filled("<a ", size),
    "open attributes": lambda size: _filled('<a x="', size),
    "attributes": lambda size: _numbered("a{}=1 ", size, before="<p ", after=f">{SENTENCE * 3}"),
    "open scripts": lambda size: _filled("<script>", size),
    "scripts": lambda size: _filled("<script>x</script>", size, after=SENTENCE * 3),
    "script of quotes": lambda size: _filled('"', size, before="<script>", after="<p></script>"),
    "script of paragraphs": lambda size: _filled(
        "<p>word</p>", size, before='<script>x="', after='"</script>'
    ),
    "script of escapes": lambda size: _filled(
        "\\\\\\u003cp>", size, before='<script>x="', after='"</script>'
    ),
    "script of escaped quotes": lambda size: _filled(
        '\\"', size, before='<script>x="<p>a', after="<p></script>"
    ),
    "script of backslashes": lambda size: _filled(
        "\\", size, before='<script>x="', after='\\u003cp>word<p>"</script>'
    ),
    "ampersands": lambda size: _filled("&", size),
    "less-than": lambda size: _filled("<", size),
    "svg": lambda size: _filled("<svg><g>", size, after=SENTENCE),
    "templates": lambda size: _filled("<template>", size, after=SENTENCE),
    "shadow roots": lambda size: _filled(
        "<template shadowrootmode=open><p>a</p></template>", size, after=SENTENCE * 3
    ),
    "indented breaks": lambda size: _filled("<br>\xa0 a", size, before="<h1>Port</h1><div>"),
    "encoded twice": lambda size: _filled(
        "\xe3\x81\x82", size, before="<title>" + "\xe3\x81\x82" * 9 + "</title><p>"
    ),
    "script of data": lambda size: _filled(
        '\\"{\\"a\\":', size, before='<script>x="{', after='"</script>'
    ),
    "frames": lambda size: _filled("<frameset>", size),
    "selects": lambda size: _filled("<select><option>", size, after=SENTENCE),
    "ruby": lambda size: _filled("<ruby>a<rt>", size, after=SENTENCE),
    "nul": lambda size: _filled("\0", size, before="<p>", after=SENTENCE * 3),
    "soft hyphens": lambda size: _filled("a\xad", size, before="<p>", after=SENTENCE * 3),
    "json lists": lambda size: _json_ld("[" * size),
    "json objects": lambda size: _json_ld('{"a":' * (size // 5)),
    "json articles": lambda size: _json_ld(
        json.dumps([{"@type": "NewsArticle", "headline": f"Port {n}"} for n in range(size // 50)])
    ),
    "json authors": lambda size: _json_ld(
        json.dumps({"@type": "Article", "author": [f"Jane Roe{n}" for n in range(size // 14)]})
    ),
    "json digits": lambda size: _json_ld(f'{{"@type": "Article", "wordCount": {"9" * size}}}'),
    "json date of digits": lambda size: _json_ld(
        f'{{"@type": "Article", "datePublished": "{"9" * size}"}}'
    ),
    "json comments": lambda size: _json_ld(_filled("/* a ", size, before="{")),
    "json line comments": lambda size: _json_ld(_filled("//\n", size, before="{")),
    "json commas": lambda size: _json_ld(_filled(", ", size, before='{"a": [1', after="]}")),
    "json blanks": lambda size: _json_ld(_filled(",\n ", size, before="{")),
    "json values": lambda size: _json_ld(_filled("{} ", size, after="x")),
    "json cut": lambda size: _json_ld(
        _filled('"author":[{{{ ', size, before='{"@type": "Article", ')
    ),
    "json members": lambda size: _json_ld(
        _filled('"headline" : "a\\', size, before='{"@type": "Article", ')
    ),
    "json body": lambda size: _json_ld(
        json.dumps({"@type": "Article", "articleBody": SENTENCE * (size // len(SENTENCE))})
    ),
    "json references": lambda size: _json_ld(
        json.dumps(
            [{"@type": "Article", "author": {"@id": "#1"}}]
            + [{"@id": f"#{n}", "author": {"@id": f"#{n + 1}"}} for n in range(size // 40)]
        )
    ),
    "bars in lines": lambda size: _filled(f"<h1>a | b</h1><p>{SENTENCE}</p>", size),
}
"""HTML pages by what is hostile in them: size in characters -> page."""

HOSTILE_TEXTS: dict[str, Callable[[int], str]] = {
    name: _in(f"{{}}\n{SENTENCE * 3}")(unit) for name, unit in UNITS.items()
} | {
    "lines": lambda size: _numbered("Line {}\n", size),
    "sentences": lambda size: _numbered(f"{{}} {SENTENCE}\n", size),
    "same sentences": lambda size: _filled(f"{SENTENCE}\n", size),
    "empty lines": lambda size: _filled("\n", size, before="Port\n", after=SENTENCE * 3),
    "questions": lambda size: _filled("Why?\n", size, after=SENTENCE * 3),
    "items": lambda size: _filled("- item\n", size, after=SENTENCE * 3),
    "markdown links": lambda size: _filled("[a](", size, before="# Port\n", after=SENTENCE * 3),
    "markdown stars": lambda size: _filled("*a _b ", size, before="# Port\n", after=SENTENCE * 3),
    "markdown quotes": lambda size: _filled("> ", size, before="# Port\n", after=SENTENCE * 3),
    "indented lines": lambda size: _filled("word\n  word\n", size, after=SENTENCE * 3),
    "fetch lines": lambda size: _filled("URL: https://a.example/\n", size),
    "owners": lambda size: _filled("© 2025 a", size, after="\n" + SENTENCE * 3),
    "owner lines": lambda size: _filled("© 2025 The Post\n", size, after=SENTENCE * 3),
    "brackets in lines": lambda size: _filled("(a) ", size, after="\n" + SENTENCE * 3),
    "wrapped": lambda size: _filled("word " * 14 + "\n", size),
}
"""Text captures, likewise."""
