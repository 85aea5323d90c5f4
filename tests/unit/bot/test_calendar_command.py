"""`calendar update`: a line for each year, and an exit code that says whether it was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.calendar_seed import update
from bot.cli import main

SAMPLE = Path(__file__).parents[3] / "bot/data/sample_town.toml"


def test_the_years_asked_for_are_written_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Into a folder that need not be there yet; a second time nothing changes."""
    folder = tmp_path / "deep" / "calendar"
    words = ["calendar", "update", "--folder", str(folder), "--year", "2025", "2026"]
    assert main(words, {}) == 0
    assert capsys.readouterr().out == (
        f"{folder}/2025.toml was written.\n{folder}/2026.toml was written.\n"
    )
    assert main([*words, "--lang", "zh"], {}) == 0
    assert (
        capsys.readouterr().out == f"{folder}/2025.toml 已是最新。\n{folder}/2026.toml 已是最新。\n"
    )
    modes = [oct(path.stat().st_mode & 0o777) for path in (folder, folder / "2026.toml")]
    assert modes == ["0o755", "0o644"], "a bot that is another user must read what root has written"


def test_the_folder_of_the_configuration_is_the_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Relative to its file; a broken calendar in it does not stand in the way."""
    config = tmp_path / "config.toml"
    config.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "calendar").mkdir()
    file = tmp_path / "calendar" / "2026.toml"
    file.write_text("year = \n", encoding="utf-8")
    words = ["calendar", "update", "--config", str(config), "--year", "2026", "--lang", "en"]
    assert main(words, {}) == 1
    assert capsys.readouterr().out == (
        f"{file} was edited and is left as it is; --force overwrites it.\n"
    )
    assert main([*words, "--force"], {}) == 0
    assert main(["config", "check", str(config)], {}) == 0


def test_an_unknown_year_tells_the_way_to_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, no traceback; the other years are written all the same."""
    words = ["calendar", "update", "--folder", str(tmp_path), "--year", "2999", "2026"]
    assert main([*words, "--lang", "zh"], {}) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("2999 年的放假安排还查不到")
    assert "pip install -U chinesecalendar" in first
    assert second.endswith("2026.toml。")


@pytest.mark.parametrize(
    ("this_year", "told", "code"),
    [
        (2025, ["calendar_written", "calendar_written"], 0),
        (2026, ["calendar_written"], 0),
        (2998, ["calendar_unknown"], 1),
    ],
)
def test_without_years_this_one_and_the_next_are_meant(
    tmp_path: Path, this_year: int, told: list[str], code: int
) -> None:
    """A next year that is not published yet is nobody's mistake."""
    said: list[str] = []

    def tell(key: str, **_: object) -> None:
        said.append(key)

    assert update(tmp_path, [], this_year, force=False, tell=tell) == code
    assert said == told


def test_a_routine_call_leaves_edited_files_alone_without_failing(tmp_path: Path) -> None:
    """Only a year that was named must be written."""
    (tmp_path / "2025.toml").write_text("year = 2025\n", encoding="utf-8")
    said: list[str] = []

    def tell(key: str, **_: object) -> None:
        said.append(key)

    assert update(tmp_path, [], 2025, force=False, tell=tell) == 0
    assert said == ["calendar_edited", "calendar_written"]
    assert (tmp_path / "2025.toml").read_text(encoding="utf-8") == "year = 2025\n"
