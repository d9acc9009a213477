"""What the engine has to reach, as bounds on what a run measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from peers import OURS
from searches import Kind

if TYPE_CHECKING:
    from report import Numbers

__all__ = ["TARGETS", "Target"]

SPEEDS = {"wall time": "articles/s of wall time", "CPU time": "articles/s of CPU time"}
TIMES_AS_FAST = {"Whoosh": 30.0, "tantivy": 1.0}
TIMES_OF_TANTIVY = dict.fromkeys(Kind, 1.5) | {Kind.OR: 2.0}
TIMES_OF_WHOOSH = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A bound on a number of the report.

    Attributes:
        name: What is bounded.
        limit: The bound.
        least: Whether the number must be at least it, not at most.
        measured: Returns the number; None: it was not measured.
    """

    name: str
    limit: float
    measured: Callable[[Numbers], float | None]
    least: bool = False

    @property
    def bound(self) -> str:
        """The bound for people."""
        return f"{'at least' if self.least else 'at most'} {self.limit:g}"

    def holds(self, value: float) -> bool:
        """Tell whether a number keeps the bound."""
        return value >= self.limit if self.least else value <= self.limit


def _speed(peer: str, metric: str, numbers: Numbers) -> float | None:
    """Return how many times as fast as a peer ours indexes."""
    return _times(peer, metric, numbers.where(section="indexing", case="sample"))


def _lowest_speed(peer: str, metric: str, numbers: Numbers) -> float | None:
    """Return the lowest such number over all archives that both wrote in this run."""
    found = numbers.where(section="indexing", case="whole archive")
    each = [_times(peer, metric, found.where(articles=size)) for size in found.all("articles")]
    return min(filter(None, each), default=None)


def _times(peer: str, metric: str, found: Numbers) -> float | None:
    ours = found.where(engine=OURS).median(metric)
    other = found.where(engine=peer).median(metric)
    return ours / other if ours and other else None


def _largest_size(peer: str, numbers: Numbers) -> float | None:
    """Return the highest ratio of sizes on disk over all archives that both wrote."""
    found = numbers.where(section="indexing", case="whole archive", metric="bytes/article")
    each = [found.where(articles=articles) for articles in found.all("articles")]
    sizes = [
        [one.where(engine=name).median("bytes/article") for name in (OURS, peer)] for one in each
    ]
    return max((ours / other for ours, other in sizes if ours and other), default=None)


def _largest_ratio(peer: str, kind: Kind, numbers: Numbers) -> float | None:
    """Return the highest ratio to a peer over all sizes of archives."""
    found = numbers.where(section="engine", case=kind, engine=peer)
    ratios = [found.where(articles=size).median("ours / it") for size in found.all("articles")]
    return max((ratio for ratio in ratios if ratio), default=None)


def _of(section: str, case: str, metric: str, numbers: Numbers) -> float | None:
    return numbers.where(section=section, case=case).median(metric)


def _targets() -> Iterator[Target]:
    for peer, limit in TIMES_AS_FAST.items():
        for clock, speed in SPEEDS.items():
            for case, measured in ("sample", _speed), ("whole archives", _lowest_speed):
                yield Target(
                    name=f"indexing speed / {peer}, {case}, {clock}",
                    limit=limit,
                    least=True,
                    measured=partial(measured, peer, speed),
                )
    yield Target(
        name="size on disk / tantivy",
        limit=1,
        measured=partial(_largest_size, "tantivy"),
    )
    for kind, limit in TIMES_OF_TANTIVY.items():
        yield Target(
            name=f"{kind}: time / tantivy",
            limit=limit,
            measured=partial(_largest_ratio, "tantivy", kind),
        )
    for kind in Kind:
        yield Target(
            name=f"{kind}: time / Whoosh",
            limit=TIMES_OF_WHOOSH,
            measured=partial(_largest_ratio, "Whoosh", kind),
        )
    for name, limit, place in (
        ("cold search, CPU ms", 300, ("cold", "searcher search", "CPU ms")),
        ("build, peak MiB", 1000, ("scale", "whole build", "peak MiB")),
        # Merging in tiers costs each article the logarithm of their number.
        ("build, exponent of CPU time", 1.05, ("scale", "whole build", "exponent of CPU time")),
    ):
        yield Target(name=name, limit=limit, measured=partial(_of, *place))


TARGETS = (*_targets(),)
