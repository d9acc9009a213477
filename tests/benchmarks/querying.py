"""Searches on open archives: our times beside those of the peers, class by class.

Strategy: each engine runs all searches of a class once to warm, then again in rounds, the
engines one after the other within each round, so that a busy moment of the machine strikes
all of them. A ratio compares medians over the same searches of the same round; reported is
the median of the rounds. Slow engines do as many searches as their share of time allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median

from measure import Row, Times, time_calls
from peers import OURS, Peer, Searcher
from searches import Kind, Search

__all__ = ["Effort", "compare_searches"]

ENGINE = "engine"
END_TO_END = "end to end"
END_TO_END_KINDS = (Kind.TERM, Kind.AND, Kind.OR, Kind.PHRASE)
# An engine may spend this share of its time on the first run; what it does not reach in it
# is left out of its rounds too.
WARM_SHARE = 0.3
# Before each round an engine runs unmeasured for so long: its code and data were driven out of
# the processor's caches by the one before it, which is no part of a warm search.
REHEAT_SECONDS = 0.02
COUNTED = 50  # searches whose totals are compared; the slow engines take long to count

Calls = Sequence[Callable[[], object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is measured.

    Attributes:
        rounds: Times that a class is repeated.
        budget_seconds: Of one engine for one class in all.
    """

    rounds: int
    budget_seconds: float


def compare_searches(
    archives: Sequence[tuple[Peer, Path]],
    searches: Mapping[Kind, Sequence[Search]],
    articles: int,
    effort: Effort,
) -> Iterator[Row]:
    """Yield the times of all searches.

    Args:
        archives: The peers and the archive of each.
        searches: By class.
        articles: In each archive.
        effort: How much is measured.
    """
    with ExitStack() as stack:
        opened = {
            name: (peer, stack.enter_context(closing(open_searcher(folder))))
            for peer, folder in archives
            for name, open_searcher in peer.searchers.items()
        }
        first = {next(iter(peer.searchers)) for peer, _ in archives}
        for kind, asked in searches.items():
            able = {name: one for name, (peer, one) in opened.items() if kind in peer.kinds}
            planned = {name: [one.plan(search) for search in asked] for name, one in able.items()}
            for row in _compare(planned, effort):
                yield replace(row, section=ENGINE, case=kind, articles=articles)
            if kind in END_TO_END_KINDS:
                typed = {n: [one.find(s) for s in asked] for n, one in able.items() if n in first}
                for row in _compare(typed, effort):
                    yield replace(row, section=END_TO_END, case=kind, articles=articles)
            yield from _totals(able, kind, asked[:COUNTED], articles)  # last: it warms too


def _totals(
    searchers: Mapping[str, Searcher], kind: Kind, searches: Sequence[Search], articles: int
) -> Iterator[Row]:
    for name, searcher in searchers.items():
        yield Row(
            section=ENGINE,
            case=kind,
            engine=name,
            articles=articles,
            metric="matches, median",
            value=median(searcher.total(search) for search in searches),
        )


def _compare(calls: Mapping[str, Calls], effort: Effort) -> Iterator[Row]:
    """Yield what each engine took in each round; what was compared is for others to say."""
    warming = WARM_SHARE * effort.budget_seconds
    first = {name: time_calls(planned, warming) for name, planned in calls.items()}
    for name, taken in first.items():
        yield Row(engine=name, metric="first time, median ms", value=1000 * taken.median())
    left = dict.fromkeys(calls, effort.budget_seconds)
    for number in range(1, effort.rounds + 1):
        times: dict[str, Times] = {}
        for name, planned in calls.items():
            if left[name] > 0:
                time_calls(planned, REHEAT_SECONDS)
                times[name] = time_calls(planned[: len(first[name])])
                left[name] -= sum(times[name].seconds)
        for name, taken in times.items():
            for metric, value in _values(taken, times.get(OURS)):
                yield Row(engine=name, metric=metric, value=value, round=number)


def _values(taken: Times, ours: Times | None) -> Iterator[tuple[str, float]]:
    yield "searches", len(taken)
    yield "median ms", 1000 * taken.median()
    yield "mean ms", 1000 * mean(taken.seconds)
    yield "p99 ms", 1000 * taken.quantile(0.99)
    if ours is not None and ours is not taken:
        same = min(len(taken), len(ours))
        yield "ours / it", ours.median(same) / taken.median(same)
