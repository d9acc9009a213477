"""The gate of the floors: what was reached once is asked for ever after."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
FLOORS = "tests/quality/floors.json"


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(REPOSITORY), *arguments],  # noqa: S607
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    return done.stdout if done.returncode == 0 else ""


def earlier_floors() -> list[tuple[str, dict[str, float]]]:
    """Return the floors of each commit that changed them, by the commit."""
    commits = _git("log", "--format=%H", "--", FLOORS).split()
    texts = [(commit[:12], _git("show", f"{commit}:{FLOORS}")) for commit in commits]
    return [(commit, flat(json.loads(text))) for commit, text in texts if text]


def flat(floors: dict[str, Any], path: str = "") -> dict[str, float]:
    """Return the floors by their paths, such as "extraction/wcxb/date"."""
    found: dict[str, float] = {}
    for key, value in floors.items():
        name = f"{path}/{key}".strip("/")
        found |= flat(value, name) if isinstance(value, dict) else {name: float(value)}
    return found


def lowered(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """Return the floors that are lower than they were, or gone."""
    return [name for name, floor in before.items() if now.get(name, float("-inf")) < floor]


def test_no_floor_is_lower_than_it_ever_was() -> None:
    earlier = earlier_floors()
    if not earlier:
        pytest.skip("no git history here")
    now = flat(json.loads((REPOSITORY / FLOORS).read_text("utf-8")))
    for commit, before in earlier:
        assert not lowered(before, now), f"lower than in {commit}"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"a": {"b": 0.5}}, {"a": {"b": 0.5}}, []),
        ({"a": {"b": 0.5}}, {"a": {"b": 0.6}, "c": 1}, []),
        ({"a": {"b": 0.5}}, {"a": {"b": 0.4999}}, ["a/b"]),
        ({"a": {"b": 0.5, "c": 1}}, {"a": {"b": 0.5}}, ["a/c"]),
        ({"a": 0}, {}, ["a"]),
    ],
)
def test_the_gate_sees_a_floor_that_is_lowered_or_removed(
    before: dict[str, Any], now: dict[str, Any], expected: list[str]
) -> None:
    assert lowered(flat(before), flat(now)) == expected
