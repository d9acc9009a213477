"""A timeline as a picture: laid out once, then written as SVG or painted as PNG.

Strategy: a chart is a list of shapes in pixels. SVG is a line of text for each, so that no library
is needed; a PNG is painted with Pillow, which the extra `plot` installs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import log10
from typing import TYPE_CHECKING, Literal

from index.terminal import printable
from searcher.errors import SearchError
from searcher.model import Count

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

__all__ = ["MAX_BARS", "Bar", "Chart", "Label", "Rule", "as_png", "as_svg", "timeline_chart"]

WIDTH, HEIGHT = 960, 360
LEFT, RIGHT, TOP, BOTTOM = 72, 24, 48, 40  # around the bars
TITLE_SIZE, LABEL_SIZE = 18, 12
TITLE_CHARS = 90  # that fit on the line
LABEL_ROOM = 80  # pixels that a period's name has below the bars
TICKS = 5  # lines that the bars are measured by, about
BAR_COLOUR, RULE_COLOUR, TEXT_COLOUR, BACKGROUND = "#2b6cb0", "#d9dee5", "#333333", "#ffffff"
BAR_SHARE = 0.85  # of the room of a bar; the rest parts it from the next
MAX_BARS = 400  # of more each would be hardly two pixels
SCALE = 2  # pixels of a PNG for one of the chart, for screens of today

NO_XML = "[\ufffe\uffff]"  # what is printable is XML, but for these

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its upper left corner, its size, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the chart at a height."""

    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text on one line: the place of its anchor on the line that letters stand on."""

    x: float
    y: float
    text: str
    anchor: Anchor = "middle"
    size: int = LABEL_SIZE


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart consists of, in pixels; what comes later is painted over what came before."""

    width: int
    height: int
    title: str
    shapes: tuple[Bar | Rule | Label, ...]


def timeline_chart(counts: Sequence[Count], title: str) -> Chart:
    """Return the chart of a timeline.

    Args:
        counts: Each period in its order; from `MAX_BARS` on the bars run into each other.
        title: What stands above it; it is cut where it is too long.
    """
    title = re.sub(NO_XML, "\ufffd", printable(title))
    if len(title) > TITLE_CHARS:
        title = title[: TITLE_CHARS - 3].rstrip() + "..."
    shapes = (*_measures(counts), *_bars(counts), *_names(counts))
    heading = Label(LEFT, TOP / 2 + TITLE_SIZE / 3, title, "start", TITLE_SIZE)
    return Chart(WIDTH, HEIGHT, title, (heading, *shapes))


def _top_and_step(counts: Sequence[Count]) -> tuple[int, int]:
    """Return the number at the top of the chart, and how far its lines are apart.

    Steps are 1, 2 or 5 with zeros behind.
    """
    most = max((count.number for count in counts), default=0) or 1
    unit = 10 ** max(int(log10(most)) - 1, 0)
    steps = (unit * factor for factor in (1, 2, 5, 10, 20, 50, 100))
    step = next(step for step in steps if step * TICKS >= most)
    return -(-most // step) * step, step


def _height_of(articles: float, top: int) -> float:
    return (HEIGHT - TOP - BOTTOM) * articles / top


def _measures(counts: Sequence[Count]) -> Iterator[Rule | Label]:
    top, step = _top_and_step(counts)
    for articles in range(0, top + 1, step):
        y = HEIGHT - BOTTOM - _height_of(articles, top)
        yield Rule(y)
        yield Label(LEFT - 8, y + LABEL_SIZE / 3, f"{articles:,}", "end")


def _bars(counts: Sequence[Count]) -> Iterator[Bar]:
    top, _ = _top_and_step(counts)
    room = (WIDTH - LEFT - RIGHT) / max(len(counts), 1)
    for at, count in enumerate(counts):
        if count.number:
            height = _height_of(count.number, top)
            x = LEFT + room * (at + (1 - BAR_SHARE) / 2)
            meaning = f"{count.value}: {count.number:,}"
            yield Bar(x, HEIGHT - BOTTOM - height, room * BAR_SHARE, height, meaning)


def _names(counts: Sequence[Count]) -> Iterator[Label]:
    room = (WIDTH - LEFT - RIGHT) / max(len(counts), 1)
    for at in range(0, len(counts), max(int(-(-LABEL_ROOM // room)), 1)):
        x = LEFT + room * (at + 0.5)
        yield Label(x, HEIGHT - BOTTOM + 2 * LABEL_SIZE, counts[at].value)


def as_svg(chart: Chart) -> str:
    """Return a chart as an SVG document; a bar tells what it stands for under the pointer."""
    size = f'width="{chart.width}" height="{chart.height}"'
    box = f'viewBox="0 0 {chart.width} {chart.height}" role="img"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} font-family="sans-serif">',
        f"<title>{escape(chart.title)}</title>",
        f'<rect {size} fill="{BACKGROUND}"/>',
        *map(_svg_shape, chart.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _svg_shape(shape: Bar | Rule | Label) -> str:
    match shape:
        case Bar(x, y, width, height, meaning):
            return (
                f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
                f' fill="{BAR_COLOUR}"><title>{escape(meaning)}</title></rect>'
            )
        case Rule(y):
            return f'<path d="M{LEFT} {y:.2f}H{WIDTH - RIGHT}" stroke="{RULE_COLOUR}"/>'
        case Label(x, y, text, anchor, size):
            place = f'x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" font-size="{size}"'
            return f'<text {place} fill="{TEXT_COLOUR}">{escape(text)}</text>'


def as_png(chart: Chart) -> bytes:
    """Return a chart as a PNG picture, painted with Pillow and the font that comes with it.

    Raises:
        SearchError: Pillow is not installed.
    """
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise SearchError(
            "PNG pictures are painted with Pillow, which is not installed; install it with: "
            'pip install "news-archive-search[plot]"; SVG needs nothing more'
        ) from error
    image = Image.new("RGB", (chart.width * SCALE, chart.height * SCALE), BACKGROUND)
    draw = ImageDraw.Draw(image)
    for shape in chart.shapes:
        _paint(draw, shape)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _paint(draw: ImageDraw, shape: Bar | Rule | Label) -> None:
    from PIL import ImageFont

    match shape:
        case Bar(x, y, width, height, _):
            corners = [(x * SCALE, y * SCALE), ((x + width) * SCALE - 1, (y + height) * SCALE - 1)]
            draw.rectangle(corners, fill=BAR_COLOUR)
        case Rule(y):
            ends = [(LEFT * SCALE, y * SCALE), ((WIDTH - RIGHT) * SCALE, y * SCALE)]
            draw.line(ends, fill=RULE_COLOUR, width=SCALE)
        case Label(x, y, text, anchor, size):
            font = ImageFont.load_default(size * SCALE)
            place = {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
            draw.text((x * SCALE, y * SCALE), text, TEXT_COLOUR, font, place)
