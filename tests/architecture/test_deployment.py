"""The files for a server fit the program: keys, commands, paths, rooms, reasons, metrics."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.cli_parser import build_parser
from bot.config.environment import variables
from bot.config.loading import parse
from bot.config.settings import Secret
from web.health import Complaint

FILES = ("xunchaqun.service", "Containerfile", "compose.yaml", "nginx.conf")
TOKEN = {"XUNCHAQUN_TELEGRAM_TOKEN": "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"}


def _file(root: Path, name: str) -> str:
    return (root / "docs/deploy" / name).read_text(encoding="utf-8")


def _page(root: Path, name: str = "deploy.md") -> str:
    return (root / "docs" / name).read_text(encoding="utf-8")


def test_every_variable_of_the_files_is_a_key(root: Path) -> None:
    """A file may hold a secret only."""
    known = variables()
    secret = {f"{name}_FILE" for name, (_, hint) in known.items() if hint is Secret}
    texts = [_file(root, name) for name in FILES]
    texts += [_page(root), _page(root, "deploy.zh.md")]
    named = {name for text in texts for name in re.findall(r"\bXUNCHAQUN_[A-Z_]+\b", text)}
    assert len(named) > 5
    assert named - set(known) - secret - {"XUNCHAQUN_CONFIG"} == set()


def test_the_configuration_of_the_page_loads_and_fits_the_proxy(root: Path) -> None:
    """Added to the example as it stands; nginx knows the same path and port."""
    blocks = re.findall(r"```toml\n(.+?)```", _page(root), re.DOTALL)
    example = (root / "config.example.toml").read_text(encoding="utf-8")
    text = example.replace("[web]\n", "") + "\n".join(blocks)
    settings = parse(text, TOKEN, source="deploy.md", base=root)
    proxy = _file(root, "nginx.conf")
    assert settings.web.webhook == "https://bot.example.org/telegram"
    assert "location = /telegram {" in proxy
    assert "server_name bot.example.org;" in proxy
    assert f"server {settings.web.listen} " in proxy


def test_the_unit_starts_a_command_that_exists_and_waits_long_enough(root: Path) -> None:
    """The watchdog must not be faster than the judgement it rests on."""
    unit = dict(re.findall(r"^(\w+)=(.+)$", _file(root, "xunchaqun.service"), re.MULTILINE))
    program, *words = shlex.split(unit["ExecStart"])
    assert program.endswith("/.venv/bin/xunchaqun")
    assert build_parser("en", "0").parse_args(words).command == "run"
    assert unit["Type"] == "notify"
    assert unit["DynamicUser"] == "yes"
    assert int(unit["WatchdogSec"].removesuffix("min")) >= 1


def test_the_tools_beside_the_unit_read_what_it_reads(root: Path) -> None:
    """One file says where the city is; the unit adds nothing that a tool would not see."""
    unit = _file(root, "xunchaqun.service")
    assert re.findall(r"^Environment", unit, re.MULTILINE) == []
    [(key, folder)] = re.findall(r"with the token in it, (data) = \"(.+?)\"", unit)
    [state] = re.findall(r"^StateDirectory=(\w+)$", unit, re.MULTILINE)
    assert folder == f"/var/lib/{state}"
    [source] = re.findall(r"^LoadCredential=config.toml:(.+)$", unit, re.MULTILINE)
    for page in (_page(root), _page(root, "deploy.zh.md")):
        assert f'`{key} = "{folder}"`' in page
        called = re.findall(
            r"^\$ sudo /opt/xunchaqun/.venv/bin/xunchaqun (.+)$", page, re.MULTILINE
        )
        called += re.findall(r"root /opt/xunchaqun/.venv/bin/xunchaqun (.+?)`", page)
        asked = [build_parser("en", "0").parse_args(shlex.split(words)) for words in called]
        assert {str(one.config) for one in asked} == {source}
        assert {"doctor", "audit", "backup", "restore"} <= {one.command for one in asked}


def test_the_image_holds_every_room(root: Path, rooms: tuple[str, ...]) -> None:
    """A new room is copied, too."""
    copied = re.findall(r"^COPY (\w+) (\w+)$", _file(root, "Containerfile"), re.MULTILINE)
    assert sorted(copied) == [(room, room) for room in rooms]


def test_what_the_container_writes_lies_on_its_volume(root: Path) -> None:
    """Beside its configuration, where the calendar lies by default, nothing can be written."""
    image = _file(root, "Containerfile")
    [volume] = re.findall(r"^VOLUME (\S+)$", image, re.MULTILINE)
    env = dict(re.findall(r"^\s+(XUNCHAQUN_[A-Z_]+)=(\S+)", image, re.MULTILINE))
    folder = Path(env.pop("XUNCHAQUN_CONFIG")).parent
    example = (root / "config.example.toml").read_text(encoding="utf-8")
    settings = parse(example, TOKEN | env, source="Containerfile", base=folder)
    for place in (settings.data, settings.files.calendar):
        assert place.is_relative_to(volume)


@pytest.mark.parametrize("name", ["deploy.md", "deploy.zh.md"])
def test_both_pages_name_every_file_and_reason(root: Path, name: str) -> None:
    """What is shown is explained."""
    page = _page(root, name)
    for file in FILES:
        assert f"(deploy/{file})" in page
    for complaint in Complaint:
        assert f"| `{complaint.value}` |" in page


def test_a_page_of_metrics_names_nothing_that_is_not_explained(root: Path) -> None:
    """By their names in the source: some appear only when something is wrong."""
    source = (root / "web/metrics.py").read_text(encoding="utf-8")
    names = re.findall(r'_gauge\("(\w+)"', source)
    names += [f"{name}_total" for name in re.findall(r'_counter\(\s*"(\w+)"', source)]
    names += re.findall(r'^ +\("(\w+)", "', source, re.MULTILINE)
    assert len(names) > 15
    page = _page(root)
    missing = [name for name in names if not re.search(rf"`{name}[`{{]", page)]
    assert missing == []
