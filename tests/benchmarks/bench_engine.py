"""How fast the index is written and searched, beside other engines, in one run.

    python tests/benchmarks/bench_engine.py [--reuters FOLDER] [--sizes 100000,1000000]

Everything measured goes to `runs/<date>/`: raw.csv, and summary.md made of it. What each
row means stands in the README.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus import Base, load_base
from measure import Row
from peers import MODULES, OURS, Peer, find_peers
from report import write_report
from searches import Kind, Search, draw

__all__ = ["main"]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
REUTERS = ROOT.parent / "shared" / "data" / "ranking" / "reuters"
SECTIONS = ("indexing", "scale", "queries", "cold")  # scale leaves the large archive to queries
SAMPLES = {"whoosh": 5_000}  # articles that a slow peer is given in comparisons of indexing
FAST = (OURS, "tantivy")  # they write whole archives several times
SAMPLE_OF_OTHERS = 20_000
MAX_FTS5 = 100_000  # at a million, its searches would take most of the run's time


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run measures.

    Attributes:
        options: The command line.
        base: The texts.
        searches: By class.
        peers: Those installed, by the name of their module.
        made: The archives that this run wrote; they are not written twice.
    """

    options: argparse.Namespace
    base: Base
    searches: Mapping[Kind, tuple[Search, ...]]
    peers: Mapping[str, Peer]
    made: set[Path] = field(default_factory=set)

    @property
    def reuters(self) -> Path | None:
        """The folder of Reuters-21578; None: the texts are made up."""
        return self.options.reuters if self.options.reuters.exists() else None

    def archive(self, name: str, articles: int) -> Path:
        """Return where the archive of a peer is."""
        return Path(self.options.work) / f"{name}-{articles}"

    def ensure(self, name: str, articles: int) -> Iterator[Row]:
        """Write the archive of a peer where it is not there yet; yield its numbers."""
        from indexing import ensure_archive

        folder = self.archive(name, articles)
        reuse = self.options.reuse or folder in self.made
        seed = self.options.seed
        yield from ensure_archive(self.peers[name], folder, self.base, articles, seed, reuse=reuse)
        self.made.add(folder)


def indexing(run: Run) -> Iterator[Row]:
    """Compare how fast ready articles are indexed."""
    from indexing import SAMPLE, WHOLE, compare_indexing

    samples = [(peer, SAMPLES.get(name, SAMPLE_OF_OTHERS)) for name, peer in run.peers.items()]
    # In turn, for the machine drifts: the archives that are searched are written minutes apart.
    wholes = [(run.peers[name], min(run.options.sizes)) for name in FAST if name in run.peers]
    for case, peers in (SAMPLE, samples), (WHOLE, wholes):
        folder, seed, rounds = (
            run.archive("sample", 0),
            run.options.seed,
            run.options.indexing_rounds,
        )
        yield from compare_indexing(case, peers, folder, run.base, seed=seed, rounds=rounds)


def queries(run: Run) -> Iterator[Row]:
    """Compare searches: stock Whoosh on a smaller archive, the others on all sizes."""
    small = [name for name in (OURS, "whoosh") if name in run.peers]
    yield from _queries(run, small, run.options.whoosh_articles)
    for articles in run.options.sizes:
        left_out = {"whoosh"} if articles <= MAX_FTS5 else {"whoosh", "fts5"}
        yield from _queries(run, [n for n in run.peers if n not in left_out], articles)


def _queries(run: Run, names: list[str], articles: int) -> Iterator[Row]:
    from querying import Effort, compare_searches

    for name in names:
        yield from run.ensure(name, articles)
    archives = [(run.peers[name], run.archive(name, articles)) for name in names]
    effort = Effort(rounds=run.options.rounds, budget_seconds=run.options.budget_seconds)
    yield from compare_searches(archives, run.searches, articles, effort)


def cold(run: Run) -> Iterator[Row]:
    """Measure a search in a process of its own."""
    from cold import measure_cold

    articles = min(run.options.sizes)
    yield from run.ensure(OURS, articles)
    words = run.searches[Kind.OR][0].words
    yield from measure_cold(run.archive(OURS, articles), articles, words)


def scale(run: Run) -> Iterator[Row]:
    """Measure the build of the largest archive, and the memory of a process searching it."""
    from indexing import mark_complete
    from scale import measure_building, measure_searching

    articles, seed = max(run.options.sizes), run.options.seed
    archive = run.archive(OURS, articles)
    yield from measure_building(archive, articles, seed, run.reuters)
    mark_complete(archive, run.base, seed)
    run.made.add(archive)
    yield from measure_searching(archive, articles, run.options.queries, seed, run.reuters)


def main() -> None:
    """Run the sections asked for and write the report."""
    options = _options()
    base = load_base(options.reuters, options.seed)
    peers, missing = find_peers(options.peers)
    for name in missing:
        print(f"{name} is not installed and left out", file=sys.stderr)
    searches = draw(base, options.queries, options.seed)
    run = Run(options=options, base=base, searches=searches, peers=peers)
    measured: dict[str, Callable[[Run], Iterator[Row]]] = {
        "indexing": indexing,
        "queries": queries,
        "cold": cold,
        "scale": scale,
    }
    rows: list[Row] = []
    try:
        for section in options.only:
            for row in measured[section](run):
                rows.append(row)
                if options.verbose:
                    print(row.section, row.case, row.engine, row.articles, row.metric, row.value)
    finally:  # what was measured is kept, whatever breaks
        report = write_report(options.out, rows, base.name, missing, options)
        print(report.read_text("utf-8"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--reuters", type=Path, default=REUTERS, help="folder of Reuters-21578 (docs.jsonl.gz)")
    add("--sizes", type=_numbers, default=(100_000, 1_000_000), help="articles, with commas")
    add("--whoosh-articles", type=int, default=20_000, help="in the archive of stock Whoosh")
    add("--queries", type=int, default=200, help="searches of each class")
    add("--rounds", type=int, default=5, help="of searches")
    add("--indexing-rounds", type=int, default=3)
    add("--budget-seconds", type=float, default=20, help="of one engine for one class")
    add("--seed", type=int, default=21578)
    add("--only", type=_names, default=SECTIONS, help=",".join(SECTIONS))
    add("--peers", type=_names, default=tuple(MODULES), help=",".join(MODULES))
    add("--work", type=Path, default=ROOT / "build" / "bench", help="where archives are written")
    add("--reuse", action="store_true", help="search archives that an earlier run left")
    add("--out", type=Path, default=HERE / "runs" / datetime.now(UTC).date().isoformat())
    add("--verbose", action="store_true", help="print each number as it comes")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


if __name__ == "__main__":
    main()
