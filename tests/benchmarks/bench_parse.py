"""How fast pages are read: beside trafilatura, beside the bare parser, and stage by stage.

    python tests/benchmarks/bench_parse.py [FOLDER] [--every N] [--rounds N]

For each page in turn: our `parse_page` from bytes to article with all fields, trafilatura with
metadata from the same bytes, and Lexbor's parse of the decoded page alone, which is the floor
below which nothing built on it can come. All run in one process, page by page, so that what slows
the machine down slows all of them. Times are CPU time of this process. The stages are measured in
rounds of their own, since the clocks around them take time too; a stage counts without the
stages within it. Finding people is not parsing and not measured.

From the second round on, names of classes and addresses are known from the first, as they are in
an archive with many pages of a site: `--rounds 1` shows what pages cost that share nothing.

The folder holds `*.html.gz` or `*.html`, and may hold beside it a `truth.jsonl` with the `id` and
`url` of each page. Without trafilatura (the extra `bench`) its column is left out.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from index import Page
from index.parse import parse_page
from index.parse.decode import decode

PAGES = Path(__file__).parents[3] / "shared" / "data" / "extraction" / "pages"
# Functions by the module that calls them; the names of several modules are those of one stage.
STAGES = {
    "decode": ["index.parse:decode"],
    "guard": ["index.parse.document:limit_nesting"],
    "tree": ["index.parse.document:LexborHTMLParser"],
    "head": ["index.parse.document:read_head"],
    "JSON-LD": ["index.parse.metadata:read_linked_data"],
    "title": ["index.parse.metadata:choose_title"],
    "publisher": ["index.parse.metadata:outlet_names", "index.parse.metadata:publisher_name"],
    "day": ["index.parse.metadata:_published"],
    "authors": ["index.parse.metadata:_authors"],
    "marks": ["index.parse.visible:read_marks"],
    "lines": [
        "index.parse.visible:visible_lines",
        "index.parse.visible:lines_near",
        "index.parse.visible:lines_below",
    ],
    "section": ["index.parse.metadata:declared_section", "index.parse.metadata:shown_section"],
    "language": ["index.parse.metadata:_language"],
    "other metadata": ["index.parse.html:read_metadata"],
    "strip": ["index.parse.body:_strip"],
    "place": ["index.parse.body:find_article"],
    "blocks": ["index.parse.body:_article_blocks"],
    "standfirst": ["index.parse.body:standfirst", "index.parse.body:with_declared_standfirst"],
    "tidy": ["index.parse.body:_tidy"],
    "scripts": ["index.parse.body:script_texts", "index.parse.body:scripted_article"],
    "other body": ["index.parse.html:read_body"],
    "repeats": ["index.parse.html:without_repeats"],
    "judge": ["index.parse.assemble:rejection"],
    "assemble": ["index.parse.html:assemble"],
}
REST = "rest"  # the tree is taken down here


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=PAGES)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth page")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="medians of so many")
    options = parser.parse_args()
    pages = read_pages(options.folder)[:: options.every]
    if not pages:
        sys.exit(f"no pages in {options.folder}: give a folder with *.html.gz or *.html")
    compare(pages, options.rounds)
    show_stages(pages, options.rounds)


def read_pages(folder: Path) -> list[Page]:
    """Return the pages of a folder, with their addresses where `truth.jsonl` knows them."""
    truth = folder.parent / "truth.jsonl"
    rows = truth.read_text("utf-8").splitlines() if truth.exists() else []
    urls = {row["id"]: row["url"] for row in map(json.loads, filter(None, rows))}
    pages = []
    for path in sorted([*folder.glob("*.html.gz"), *folder.glob("*.html")]):
        content = path.read_bytes()
        name = path.name.removesuffix(".gz").removesuffix(".html")
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        pages.append(Page(content=content, location=name, url=urls.get(name)))
    return pages


def compare(pages: Sequence[Page], rounds: int) -> None:
    """Print CPU time a page of each reader, and how many times ours it is."""
    readers = {"ours": parse_page, "floor": floor, **peers()}
    for page in pages[:20]:  # tables and caches are filled
        for read in readers.values():
            seconds(read, page)
    gc.freeze()  # else what a peer has imported is gone through again and again on our time
    measured: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        sums = dict.fromkeys(readers, 0.0)
        for page in pages:
            for name, read in readers.items():
                sums[name] += seconds(read, page)
        for name, total in sums.items():
            measured[name].append(total / len(pages))
    print(f"{len(pages)} pages, median of {rounds} rounds")
    print(f"{'':24}{'ms a page':>12}{'by ours':>10}")
    for name, times in measured.items():
        ratio = median(t / own for t, own in zip(times, measured["ours"], strict=True))
        print(f"{name:24}{1000 * median(times):12.3f}{ratio:10.2f}")


def peers() -> dict[str, Callable[[Page], object]]:
    """Return the readers that we compare with, as far as they are installed."""
    try:
        trafilatura = import_module("trafilatura")
    except ImportError as error:
        print(f"without trafilatura: {error}")
        return {}
    return {
        f"trafilatura {trafilatura.__version__}": lambda page: trafilatura.bare_extraction(
            page.content, url=page.url, with_metadata=True
        )
    }


def floor(page: Page) -> object:
    """Parse a page and do nothing with it. Decoding is not part of the floor."""
    text = decode(page.content).text
    return lambda: LexborHTMLParser(text)


def seconds(read: Callable[[Page], object], page: Page) -> float:
    """Return the CPU time of reading a page; of a prepared call, that of the call."""
    began = time.process_time()
    work = read(page)
    if callable(work):
        began = time.process_time()
        work()
    return time.process_time() - began


class Stages:
    """CPU time by stage, each without those within it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within = [0.0]

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is timed."""

        def run(*args: Any, **options: Any) -> Any:
            began = time.process_time()
            self._within.append(0.0)
            try:
                return work(*args, **options)
            finally:
                spent = time.process_time() - began
                own = spent - self._within.pop()
                self.seconds[stage] = self.seconds.get(stage, 0.0) + own
                self._within[-1] += spent

        return run


def show_stages(pages: Sequence[Page], rounds: int) -> None:
    """Print the share of each stage in the time of `parse_page`."""
    stages = Stages()
    for stage, names in STAGES.items():
        for name in names:
            module, _, function = name.partition(":")
            owner = import_module(module)
            setattr(owner, function, stages.timed(stage, getattr(owner, function)))
    whole = stages.timed(REST, parse_page)
    measured: dict[str, list[float]] = {stage: [] for stage in (*STAGES, REST)}
    for _ in range(rounds):
        stages.seconds.clear()
        for page in pages:
            whole(page)
        for stage, times in measured.items():
            times.append(stages.seconds.get(stage, 0.0) / len(pages))
    medians = {stage: median(times) for stage, times in measured.items()}
    total = sum(medians.values())
    print(f"\n{'stage':24}{'us a page':>12}{'share':>10}")
    for stage, time_of_stage in medians.items():
        print(f"{stage:24}{1e6 * time_of_stage:12.0f}{time_of_stage / total:10.1%}")


if __name__ == "__main__":
    main()
