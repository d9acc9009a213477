"""How well pages are read: all figures of the evaluation data, and the pages read wrong.

    python tests/quality/score_extraction.py
    python tests/quality/score_extraction.py --misses title fundus
    python tests/quality/score_extraction.py --as-text

The first prints one line for each set, by the scorer that lies beside the data
(`../shared/data/extraction`); `mF1` is the mean over pages, in which empty output counts 0.
The second lists each page where a field is wrong: the truth, what was read, and what the
places of the page say that could have told it. With the third the pages are read as text captures,
each piece of their text on a line of its own. It changes nothing and keeps nothing.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from index import Article, Page, PageKind
from index.build import read_article
from index.parse.decode import decode

# Its folder is on the path of the tests, not on that of this program.
sys.path.append(str(Path(__file__).parents[1] / "helpers"))
from not_article_pages import visible_text

DATA = Path(__file__).parents[3] / "shared" / "data" / "extraction"
# The share of a page's field that is right, by the scorer's name for it.
RIGHT = {
    "body": "mF1",
    "title": "title",
    "date": "date",
    "authors": "authors",
    "publisher": "publisher_in",
}
SHOWN_CHARS = 150
MAX_VALUES = 4  # of one place
# Parts of names of meta tags, and members of JSON-LD, that tell one of the fields.
TELLING = ("title", "date", "publish", "author", "creator", "time", "site", "byl", "application")
MEMBERS = ("headline", "name", "datePublished", "dateModified", "author", "publisher", "creator")


def load_scorer(folder: Path) -> ModuleType:
    """Return the scorer that lies beside evaluation data."""
    spec = importlib.util.spec_from_file_location(f"score_{folder.name}", folder / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file that has one on each line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def page_bytes(truth: Mapping[str, Any], folder: Path) -> bytes:
    """Return the page that a truth is about, as it was saved."""
    return gzip.decompress((folder / "pages" / f"{truth['id']}.html.gz").read_bytes())


def extracted(truth: Mapping[str, Any], folder: Path, *, as_text: bool = False) -> dict[str, Any]:
    """Return what is read from the page of a truth, in the form that the scorer takes.

    Args:
        truth: What is known of the page.
        folder: Where the evaluation data lies.
        as_text: Whether it is read as a text capture, whose address nobody noted.
    """
    name, content = truth["id"], page_bytes(truth, folder)
    page = Page(content=content, location=name, url=truth["url"])
    if as_text:
        text = visible_text(decode(content).text).encode("utf-8", "replace")
        page = Page(content=text, location=name, kind=PageKind.TEXT)
    article = read_article(page)
    if not isinstance(article, Article):
        return {"id": name}
    return {
        "id": name,
        "title": article.title,
        "authors": list(article.authors),
        "date": article.day.isoformat() if article.day else None,
        "body": article.body,
        "publisher": article.source,
    }


def predicted(folder: Path, *, as_text: bool = False) -> list[dict[str, Any]]:
    """Return what is read from each page; of a rejected one its `id` only."""
    truths = read_lines(folder / "truth.jsonl")
    return [extracted(truth, folder, as_text=as_text) for truth in truths]


def scores_by_set(
    folder: Path, predictions: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, float]]:
    """Return the figures of each set of pages."""
    scorer = load_scorer(folder)
    truths = read_lines(folder / "truth.jsonl")
    pages, missing = scorer.score(truths, predictions)
    assert not missing
    return {
        name: scorer.summarize([row for truth, row in pages if truth["set"] == name])
        for name in sorted({truth["set"] for truth in truths})
    }


def places(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield what the places of a page say: title, h1, meta and time tags, JSON-LD."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(decode(content).text)
    for query in ("title", "h1", "time", '[rel~="author"]', '[itemprop~="author"]'):
        for node in tree.css(query)[:MAX_VALUES]:
            yield query, f"{node.attributes.get('datetime') or ''} {node.text()}"
    for node in tree.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name")
        if name and any(word in name.lower() for word in TELLING):
            yield name, node.attributes["content"] or ""
    for node in tree.css('script[type*="ld+json" i]'):
        try:
            yield from _members(json.loads(node.text(), strict=False))
        except ValueError:
            yield "JSON-LD", "broken"


def _members(value: Any, path: str = "JSON-LD") -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value[:MAX_VALUES]:
            yield from _members(item, path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in MEMBERS and not isinstance(inner, dict | list):
                yield f"{path} {value.get('@type', '')}.{key}", str(inner)
            elif key in MEMBERS or key.startswith("@g") or key == "mainEntity":
                yield from _members(inner, f"{path}.{key}")
    elif isinstance(value, str):
        yield path, value


def print_misses(field: str, kind: str, folder: Path) -> None:
    """Print the pages of a set on which a field is wrong, the worst first."""
    scorer, rows = load_scorer(folder), []
    for truth in read_lines(folder / "truth.jsonl"):
        if truth["set"] == kind and truth.get(field) is not None:
            found = extracted(truth, folder)
            share = scorer.score_page(truth, found).get(RIGHT[field])
            if share is not None and share < 1:
                rows.append((share, truth, found))
    for share, truth, found in sorted(rows, key=lambda row: row[0]):
        print(f"\n{truth['id']} {share:.3f} {truth['url']}")
        _show("truth", truth[field])
        _show("read", found.get(field))
        if field != "body":
            for place, text in places(page_bytes(truth, folder)):
                _show(place, text)
    print(f"\n{len(rows)} pages")


def _show(place: str, value: Any) -> None:
    print(f"  {place[:40]:<40} {' '.join(str(value).split())[:SHOWN_CHARS]}")


def main() -> None:
    """Print the figures, or the misses of one field in one set."""
    parser = argparse.ArgumentParser(description="Score the parser on the evaluation data.")
    parser.add_argument("--data", type=Path, default=DATA, help="its folder")
    parser.add_argument("--misses", nargs=2, metavar=("FIELD", "SET"))
    parser.add_argument("--as-text", action="store_true", help="read the pages as text captures")
    options = parser.parse_args()
    if options.misses:
        field, kind = options.misses
        if field not in RIGHT:
            parser.error(f"FIELD is one of {', '.join(RIGHT)}")
        print_misses(field, kind, options.data)
        return
    predictions = predicted(options.data, as_text=options.as_text)
    rejected = sum("body" not in found for found in predictions)
    print(f"{rejected} of {len(predictions)} pages rejected")
    for name, figures in scores_by_set(options.data, predictions).items():
        numbers = (
            f"{k}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in figures.items()
        )
        print(f"{name:<12} {' '.join(numbers)}")


if __name__ == "__main__":
    main()
