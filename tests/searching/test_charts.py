"""Timelines as pictures: what is drawn is what was counted."""

from __future__ import annotations

import io
import sys
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.charts import BAR_COLOUR, MAX_BARS, Bar, Chart, Label, as_png, as_svg, timeline_chart
from searcher.errors import SearchError
from searcher.model import Count

SVG = "{http://www.w3.org/2000/svg}"
SOME = (3, 0, 5, 1)
numbers = st.lists(st.integers(0, 10**8), min_size=1, max_size=MAX_BARS)


def chart_of(articles: tuple[int, ...] | list[int], title: str = "flood") -> Chart:
    counts = [Count(value=f"{2000 + at}", articles=number) for at, number in enumerate(articles)]
    return timeline_chart(counts, title)


def bars_of(chart: Chart) -> list[Bar]:
    return [shape for shape in chart.shapes if isinstance(shape, Bar)]


@given(articles=numbers)
def test_each_bar_is_as_high_as_its_number_and_nothing_leaves_the_chart(
    articles: list[int],
) -> None:
    chart = chart_of(articles)
    bars = bars_of(chart)
    having = [number for number in articles if number]
    assert len(bars) == len(having)
    for bar, number in zip(bars, having, strict=True):
        assert bar.height / bars[0].height == pytest.approx(number / having[0])
        assert bar.meaning.endswith(f": {number:,}")
        assert 0 <= bar.x < bar.x + bar.width <= chart.width
        assert 0 <= bar.y < bar.y + bar.height <= chart.height
    places = [(bar.x, bar.x + bar.width) for bar in bars]
    assert all(end <= begin for (_, end), (begin, _) in pairwise(places))
    labels = [shape for shape in chart.shapes if isinstance(shape, Label)]
    assert all(0 <= label.x <= chart.width and 0 < label.y < chart.height for label in labels)


@given(articles=numbers)
def test_lines_measure_the_bars_in_round_steps(articles: list[int]) -> None:
    chart = chart_of(articles)
    measures = [s for s in chart.shapes if isinstance(s, Label) and s.anchor == "end"]
    values = [int(label.text.replace(",", "")) for label in measures]
    assert values[0] == 0
    assert max(articles) <= values[-1]
    assert 1 < len(values) <= 6
    assert str(values[1])[0] in "125"
    assert set(str(values[1])[1:]) <= {"0"}
    heights = {label.text: label.y for label in measures}
    for bar in bars_of(chart):
        number = bar.meaning.partition(": ")[2]
        if number in heights:
            assert heights[number] - 4 == pytest.approx(bar.y)


def test_svg_is_a_document_that_names_every_bar() -> None:
    root = ET.fromstring(as_svg(chart_of(SOME)))  # noqa: S314 (our own)
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("fill") == BAR_COLOUR]
    assert [bar.findtext(f"{SVG}title") for bar in bars] == ["2000: 3", "2002: 5", "2003: 1"]
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts[0] == "flood"
    assert {"2000", "2003", "0", "5"} <= {*texts}


@given(title=st.text(max_size=300))
def test_no_title_breaks_the_document(title: str) -> None:
    root = ET.fromstring(as_svg(chart_of(SOME, title)))  # noqa: S314 (our own)
    shown = next(root.iter(f"{SVG}text")).text or ""
    assert len(shown) <= 90


@pytest.mark.parametrize("title", ["</svg><script>", "a\x00\x1b[31mb & \"c\" 'd' \ud800\uffff"])
def test_a_title_is_text(title: str) -> None:
    svg = as_svg(chart_of(SOME, title))
    ET.fromstring(svg)  # noqa: S314 (our own)
    assert "<script" not in svg
    assert "\x1b" not in svg
    svg.encode()


def test_png_shows_the_same_bars() -> None:
    image_of = pytest.importorskip("PIL.Image")
    chart = chart_of(SOME, "洪水 flood")
    image = image_of.open(io.BytesIO(as_png(chart)))
    assert image.format == "PNG"
    scale = image.width // chart.width
    blue = tuple(bytes.fromhex(BAR_COLOUR[1:]))
    for bar in bars_of(chart):
        middle = (bar.x + bar.width / 2) * scale
        assert image.getpixel((middle, (bar.y + 2) * scale)) == blue
        assert image.getpixel((middle, (bar.y - 2) * scale)) != blue


def test_without_pillow_png_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(SearchError, match=r"pip install .*\[plot\]"):
        as_png(chart_of(SOME))
    assert as_svg(chart_of(SOME))
