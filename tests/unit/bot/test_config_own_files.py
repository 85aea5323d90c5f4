"""Files and folders of the office: each that cannot be used is told before anything begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.config import ConfigError, load

SAMPLE = Path(__file__).parents[3] / "bot/data/sample_town.toml"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The sample town in a folder of its own."""
    file = tmp_path / "config.toml"
    file.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return file


def _with(config: Path, more: str, *, top: str = "") -> None:
    config.write_text(f"{top}\n{config.read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")


def _told(config: Path, language: str = "en") -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(config, {})
    return caught.value.lines(language)


@pytest.mark.parametrize(
    ("content", "told", "chinese"),
    [
        ("button-claim = { $x", "cannot be read", "读不了"),
        ("buton-claim = 我来\n", "Did you mean “button-claim”?", "没有叫“buton-claim”的文字"),
        ("card-place = { $plase }\n", "knows no placeholder $plase (it has: $place)", "没有占位符"),
        ("button-more = { button-claim }\n", "must not refer to", "不能引用"),
        (b"button-claim = \xff\xfe\n", "cannot be read as UTF-8 text", "不是 UTF-8"),
    ],
)
def test_a_broken_text_is_told_with_its_line_in_the_readers_language(
    config: Path, content: str | bytes, told: str, chinese: str
) -> None:
    """Before a start has changed anything."""
    (config.parent / "texts").mkdir()
    file = config.parent / "texts" / "zh.ftl"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    _with(config, '[files]\ntexts = "texts"')
    [line], [zh] = _told(config), _told(config, "zh")
    assert line.startswith(str(file))
    assert ("(line 1)" in line) == isinstance(content, str)
    assert told in line
    assert chinese in zh
    assert main(["run", "--config", str(config)], {}) == 2
    assert not (config.parent / "data").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('texts = "config.toml"', "config.toml is a file, or lies in one; a folder is wanted"),
        ('calendar = "config.toml"', "config.toml is a file, or lies in one; a folder is wanted"),
        ('calendar = "config.toml/x"', "is a file, or lies in one; a folder is wanted"),
        ('categories = "."', "is a folder; a file is wanted"),
        ('words = "."', "is a folder; a file is wanted"),
        ('font = "."', "is a folder; a file is wanted"),
        ('font = "config.toml"', "config.toml is no font that can be read"),
        ('words = "none.toml"', "there is no file or folder"),
        ('words = "config.toml/x"', "there is no file or folder"),
    ],
)
def test_a_file_of_another_kind_is_told_at_its_key(config: Path, more: str, told: str) -> None:
    """One line, with the line of the configuration."""
    _with(config, f"[files]\n{more}")
    [line] = _told(config)
    number = config.read_text(encoding="utf-8").splitlines().index(more) + 1
    assert line.startswith(f"files.{more.partition(' ')[0]} (line {number}): ")
    assert told in line


@pytest.mark.parametrize("name", ["config.toml", "config.toml/deeper"])
def test_a_data_folder_that_is_a_file_is_told(config: Path, name: str) -> None:
    """Nothing could be kept in it."""
    _with(config, "", top=f'data = "{name}"')
    [line] = _told(config)
    assert line.startswith("data (line 1): ")
    assert "a folder is wanted" in line


def test_a_name_that_no_file_can_have_is_told(config: Path) -> None:
    """Systems end a name at a zero byte."""
    _with(config, "", top='data = "a\\u0000b"')
    [line] = _told(config)
    assert line.startswith("data (line 1): ")
    assert "“a?b” can be no name of a file or folder" in line


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, f"x = {'9' * 5000}"])
def test_toml_that_no_reader_takes_is_told_in_a_line(
    config: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Brackets thousands deep, a number of thousands of digits; in files of the office, too."""
    words = config.parent / "words.toml"
    words.write_text(text, encoding="utf-8")
    _with(config, '[files]\nwords = "words.toml"')
    [line] = _told(config)
    assert line.startswith(str(words))
    config.write_text(text, encoding="utf-8")
    assert main(["config", "check", str(config), "--lang", "en"], {}) == 2
    head, line = capsys.readouterr().err.splitlines()
    assert "1 thing(s) to correct" in head
    assert "brackets stand inside brackets" in line or "this is not TOML" in line


def test_all_files_are_told_at_once(config: Path) -> None:
    """Behind the mistakes of the configuration itself."""
    for name in ("categories.toml", "words.toml"):
        (config.parent / name).write_text("x = ", encoding="utf-8")
    _with(config, '[files]\ncategories = "categories.toml"\nwords = "words.toml"\nfont = "."')
    font, categories, words = _told(config)
    assert font.startswith("files.font (line ")
    assert "categories.toml: this is not TOML" in categories
    assert "words.toml: this is not TOML" in words


@pytest.mark.parametrize(
    "words", [["demo", "--no-open", "--data"], ["calendar", "update", "--folder"]]
)
def test_a_file_is_no_folder_for_a_command_either(
    words: list[str], config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told as a wrong command."""
    with pytest.raises(SystemExit) as left:
        main([*words, str(config), "--lang", "en"], {})
    assert left.value.code == 2
    assert "is a file, or lies in one; a folder is wanted" in capsys.readouterr().err
