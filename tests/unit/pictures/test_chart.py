"""The chart of a review: bars as long as their rates, readable on a phone, in grey too."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from pictures import typefaces
from pictures.chart import HEIGHT_SHOWN_WHOLE, Bar, ChartSpec, Panel, Row, render
from pictures.worker import PictureWorker

TRACK_LEFT, TRACK = 322, 390
"""Where bars begin, and how long a full one is, in pixels."""
LETTERS = 12
"""Letters above a bar's beginning look like bars of at most so many pixels."""
DARK_MOST, LIGHT_LEAST = 80, 140
"""How dark the first series is at least, and how light the second, of 255."""


def row(first: float | None, second: float | None, label: str = "东城公司") -> Row:
    """A company's two rates."""
    bars = (Bar(first, "3/4 75.00%"), Bar(second, "1/2 50.00%"))
    return Row(label=label, note="上报4 超期1", bars=bars)


def spec(*rows: Row, title: str = "周分析 11月9日—11月15日") -> ChartSpec:
    """A chart of one panel."""
    return ChartSpec(
        title=title,
        legend=("结案率", "按期结案率"),
        panels=(Panel(heading="各公司", rows=rows),),
        font=typefaces.VENDORED,
    )


def drawn(chart: ChartSpec) -> Image.Image:
    """The picture, in grey."""
    return Image.open(io.BytesIO(render(chart))).convert("L")


def lengths(picture: Image.Image) -> list[int]:
    """How long the longest dark and light bar is: the two series are told apart in grey."""
    found = {}
    for name, low, high in (("dark", 0, DARK_MOST), ("light", LIGHT_LEAST, 200)):
        best = 0
        for y in range(0, picture.height, 4):
            line = [picture.getpixel((TRACK_LEFT + x, y)) for x in range(TRACK)]
            run = next((n for n, v in enumerate(line) if not low <= int(str(v)) <= high), TRACK)
            best = max(best, run)
        found[name] = best
    return [found["dark"], found["light"]]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [(0.75, 0.5, [292, 195]), (1.0, 1.0, [390, 390]), (0.0, 0.0, [0, 0]), (None, 0.25, [0, 98])],
)
def test_a_bar_is_as_long_as_its_rate(
    first: float | None, second: float | None, wanted: list[int]
) -> None:
    """Nothing out of nothing is an empty track."""
    told = lengths(drawn(spec(row(first, second))))
    assert all(abs(a - b) <= LETTERS for a, b in zip(told, wanted, strict=True)), told


def test_a_chart_is_as_wide_as_a_phone_s_photo_and_grows_with_its_rows() -> None:
    """1080 pixels; five weeks and two companies stay within what an app shows whole."""
    few, many = drawn(spec(row(1, 1))), drawn(spec(*(row(1, 1) for _ in range(7))))
    assert few.width == many.width == 1080
    assert few.height < many.height <= HEIGHT_SHOWN_WHOLE


def test_a_chart_is_light_enough_for_a_phone() -> None:
    """And says nothing about the machine that drew it."""
    data = render(spec(*(row(0.5, 0.5) for _ in range(7))))
    assert len(data) < 500_000
    assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize("text", ["周" * 300, "", "🚧 \u202e坏", "Week 9 Nov – 15 Nov"])
def test_no_words_break_a_chart(text: str) -> None:
    """Long, empty and hostile ones are cut to the paper."""
    assert drawn(spec(row(0.5, 0.5, text), title=text)).width == 1080


def test_the_shipped_font_draws_every_letter_of_a_chart() -> None:
    """Of both languages' texts that a chart may hold."""
    face = typefaces.find(typefaces.VENDORED)
    room = Path(__file__).parents[3] / "messages/catalogue"
    for name in ("zh.ftl", "en.ftl"):
        lines = (room / name).read_text("utf-8").splitlines()
        shown = [one for one in lines if one.startswith(("chart-", "digest-title-", "digest-days"))]
        letters = set("".join(one.partition("=")[2] for one in shown)) - set("📋📝📊")
        assert [one for one in letters if not face.draws(one)] == []


async def test_the_worker_draws_what_the_room_draws() -> None:
    """In its own process, byte for byte."""
    async with PictureWorker(processes=1) as worker:
        assert await worker.chart(spec(row(0.5, 0.25))) == render(spec(row(0.5, 0.25)))
