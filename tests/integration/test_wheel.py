"""An installation that is not editable has everything: modules and data files."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
LEFT_OUT = {"__pycache__"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("*.whl")
    return built


def _rooms() -> tuple[str, ...]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def _files(rooms: Iterable[str]) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.parts)
    }


def test_the_wheel_holds_every_module_and_every_data_file(wheel: Path) -> None:
    """Fonts, texts, categories, the chat page, migrations: nothing stays behind."""
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert _files(_rooms()) - packed == set()


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No tests, no data folder, no configuration of somebody's city."""
    rooms = _rooms()
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(rooms)


def test_an_unpacked_wheel_answers_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """The sample town and the category file are found where they were packed."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "from bot.config import sample\n"
        "from bot.config.city import town\n"
        "import bot; print(bot.__file__, town(sample()).name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == [str(tmp_path / "bot/__init__.py"), "样板市"]
