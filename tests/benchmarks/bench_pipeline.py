"""Where the time of a build goes, and how our queries compare with Whoosh's own.

    python tests/benchmarks/bench_pipeline.py [FOLDER_OF_PAGES]

Without a folder the sample pages are used. Times are CPU time of this process. Stages are
shares of one build; queries are ratios measured side by side on the archive just built.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from whoosh import query as q
from whoosh.index import open_dir

import searcher
from index import Article, Page
from index.build import build
from index.engines.whoosh import open_writer
from index.parse import parse_page
from index.people import with_people
from index.sources import FolderSource
from searcher.query import parse_query
from searcher.settings import SnippetSettings
from searcher.snippets import Highlighter
from searcher.tree import Query

SAMPLE = Path(__file__).parent.parent.parent / "sample_corpus"
STEMS = ("flood", "bridg", "council", "mayor")
FLOOD, BRIDGE, COUNCIL, MAYOR = (q.Term("text", stem) for stem in STEMS)
QUERIES = {  # and what Whoosh is asked
    "flood": FLOOD,
    "flood bridge": q.And([FLOOD, BRIDGE]),
    "flood OR bridge OR council": q.Or([FLOOD, BRIDGE, COUNCIL]),
    '"the bridge"': q.Phrase("text", ["the", "bridg"]),
    "elect*": q.Prefix("words", "elect"),
    "mayor -flood": q.And([MAYOR, q.Not(FLOOD)]),
}
SNIPPET_QUERIES = (
    "the",
    "flood OR bridge OR council OR mayor OR river",
    '"the bridge" OR "the council"',
    "elect* OR fl?od* OR *ing",
    "flodo~2 OR brigde~2",
    "the NEAR/5 (bridge OR council OR mayor OR river)",
)
SNIPPETS_SHOWN = 10
ROUNDS = 15


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time that a piece of work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def stages(folder: Path, archive: Path) -> None:
    """Print the CPU time of each stage of a build, per page."""
    source = FolderSource([folder])
    pages = [page for found in source.pages() if isinstance(page := found.read(), Page)]
    parsed: list[Article] = []

    def parse() -> None:
        parsed.extend(a for page in pages if isinstance(a := parse_page(page), Article))

    def whole() -> None:
        with open_writer(archive) as writer:
            build(source, writer)

    parse_page(pages[0])  # word lists are loaded once
    times = {"parse": cpu_seconds(parse)}
    times["people"] = cpu_seconds(lambda: [with_people(article) for article in parsed])
    times["build, all stages"] = cpu_seconds(whole)
    times["build again, unchanged"] = cpu_seconds(whole)
    print(f"{len(pages)} pages, CPU milliseconds a page")
    for name, seconds in times.items():
        print(f"  {name:<24}{1000 * seconds / len(pages):8.2f}")


def queries(archive: Path) -> None:
    """Print the median CPU time of queries.

    Ours ends with articles, copies and snippets, that of Whoosh with numbers and scores.
    """
    print(f"\nquery, CPU milliseconds (median of {ROUNDS}){'ours':>12}{'Whoosh':>10}{'ratio':>8}")
    with searcher.open(archive) as ours, open_dir(str(archive)).searcher() as theirs:
        for text, tree in QUERIES.items():
            both: list[tuple[float, float]] = []
            for _ in range(ROUNDS):
                mine = cpu_seconds(lambda text=text: ours.search(text, limit=10).hits)  # type: ignore[misc]
                plain = cpu_seconds(lambda tree=tree: theirs.search(tree, limit=10))  # type: ignore[misc]
                both.append((mine, plain))
            mine, plain = (statistics.median(column) for column in zip(*both, strict=True))
            print(f"  {text:<40}{1000 * mine:10.2f}{1000 * plain:10.2f}{mine / plain:8.2f}")


def snippets(archive: Path) -> None:
    """Print the median CPU time of the titles and snippets of ten hits."""
    print(f"\nsnippets of {SNIPPETS_SHOWN} hits, CPU milliseconds (median of {ROUNDS})")
    with searcher.open(archive) as ours:
        for text in SNIPPET_QUERIES:
            tree = parse_query(text)
            articles = [hit.article for hit in ours.search(text, limit=SNIPPETS_SHOWN)]

            def work(tree: Query = tree, articles: list[Article] = articles) -> None:
                highlighter = Highlighter(tree, SnippetSettings())
                for article in articles:
                    highlighter.title(article.title)
                    highlighter.snippets(article.body)

            median = statistics.median(cpu_seconds(work) for _ in range(ROUNDS))
            print(f"  {text:<52}{len(articles):4}{1000 * median:10.2f}")


def main() -> None:
    """Run on the folder named, or on the sample pages."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    with TemporaryDirectory() as name:
        archive = Path(name) / "bench.idx"
        stages(folder, archive)
        queries(archive)
        snippets(archive)


if __name__ == "__main__":
    main()
