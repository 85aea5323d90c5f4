from __future__ import annotations

import io
from inspect import unwrap

import pytest
from PIL import Image

from simulator import samples


def test_every_defect_has_a_picture_before_and_after_the_repair() -> None:
    """Names are unique, titles are there in both languages, one picture shows a warning sign."""
    shown = samples.catalogue()
    names = [sample.name for sample in shown]
    assert len(names) == len(set(names))
    before = {name.removesuffix("-before") for name in names if name.endswith("-before")}
    after = {name.removesuffix("-after") for name in names if name.endswith("-after")}
    assert before == after
    assert len(before) >= 10
    assert [sample.name for sample in shown if sample.phase == "sign"] == ["manhole-missing-sign"]
    assert all(sample.title_zh and sample.title_en for sample in shown)


@pytest.mark.parametrize("sample", samples.catalogue(), ids=lambda sample: sample.name)
def test_a_sample_is_a_photo_of_full_size(sample: samples.Sample) -> None:
    """1280 by 960, JPEG, neither empty nor heavy."""
    data = samples.draw(sample.name)
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("JPEG", (1280, 960))
    assert 100_000 < len(data) < 600_000


def test_the_same_picture_is_the_same_bytes_each_time() -> None:
    """Drawn anew, nothing differs."""
    anew = unwrap(samples.draw)
    assert anew("tree-broken-before") == samples.draw("tree-broken-before")


def test_before_and_after_are_seen_from_one_place() -> None:
    """Around the defect nothing changes; in the middle it does."""
    before, after = (
        Image.open(io.BytesIO(samples.draw(f"manhole-broken-{phase}"))).convert("L")
        for phase in ("before", "after")
    )
    corner, middle = (900, 100, 1200, 400), (400, 400, 700, 600)
    assert _difference(before.crop(corner), after.crop(corner)) < 6
    assert _difference(before.crop(middle), after.crop(middle)) > 20


def test_a_picture_that_does_not_exist_is_refused() -> None:
    """The server looks the name up first."""
    with pytest.raises(KeyError):
        samples.draw("unicorn")


def _difference(one: Image.Image, two: Image.Image) -> float:
    pairs = zip(one.tobytes(), two.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height)
