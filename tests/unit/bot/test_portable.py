"""A configuration that leaves the machine: without secrets, otherwise word for word the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.backup.errors import SecretStaysError
from bot.backup.portable import portable
from bot.config.loading import parse

ROOT = Path(__file__).parents[3]
SAMPLE = (ROOT / "bot/data/sample_town.toml").read_text(encoding="utf-8")
TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
NOWHERE = Path("/nowhere")


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    found = portable(text, parse(text, {}, source="config.toml", base=NOWHERE))
    return found.text, found.left_out


def test_only_the_token_changes() -> None:
    """Comments and order are the office's own."""
    clean, left_out = _clean(SAMPLE)
    assert clean == SAMPLE.replace(f'token = "{TOKEN}"', 'token = ""')
    assert left_out == ("telegram.token",)


@pytest.mark.parametrize(
    "line",
    [
        f'token = "{TOKEN}"  # ours',
        f"token='{TOKEN}'",
        f'  token   =   "{TOKEN}"',
        f'# {TOKEN}\ntoken = "{TOKEN}"\n    # once {TOKEN}',
        f'token = "\\u0037{TOKEN[1:]}"',
    ],
)
def test_a_token_goes_however_it_is_written(line: str) -> None:
    """Spaces, quotes, remarks, escapes."""
    clean, _ = _clean(SAMPLE.replace(f'token = "{TOKEN}"', line))
    assert TOKEN not in clean
    assert TOKEN[1:] not in clean
    assert tomllib.loads(clean)["telegram"]["token"] == ""


def test_the_address_of_the_database_goes_as_a_whole() -> None:
    """It names a host that the new city does not have, and may hold a password."""
    url = "postgresql://clerk:s3cret-pa%24s@db.example/town"
    clean, left_out = _clean(f'{SAMPLE}\n[database]\n# {url}\nurl = "{url}"\n')
    assert left_out == ("telegram.token", "database.url")
    assert clean.endswith('[database]\nurl = ""\n')


def test_a_proxys_password_goes_and_its_address_stays() -> None:
    """The new city needs to know that there is one."""
    text = SAMPLE.replace(
        "[telegram]", '[telegram]\nproxy = "socks5://clerk:pr0xy-pass@127.0.0.1:1080"'
    )
    clean, left_out = _clean(text)
    assert tomllib.loads(clean)["telegram"]["proxy"] == "socks5://127.0.0.1:1080"
    assert "telegram.proxy" in left_out


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("password", ["Passw0rd/Long", "Passw0rd@Long", "Passw0rd#Long"])
def test_a_proxy_that_cannot_be_read_for_certain_goes_as_a_whole(
    scheme: str, password: str
) -> None:
    """It stands in the file though the environment has a good one in its place."""
    bad = f"{scheme}://clerk:{password}@127.0.0.1:1080"
    text = SAMPLE.replace("[telegram]", f'[telegram]\n# {bad}\nproxy = "{bad}"')
    env = {"XUNCHAQUN_TELEGRAM_PROXY": "http://127.0.0.1:8080"}
    found = portable(text, parse(text, env, source="config.toml", base=NOWHERE))
    assert "Passw0rd" not in found.text
    assert "Long" not in found.text
    assert tomllib.loads(found.text)["telegram"]["proxy"] == ""
    assert "telegram.proxy" in found.left_out


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE.replace(f'token = "{TOKEN}"', f'token = """\\\n{TOKEN}"""'),
        SAMPLE.replace(f'[telegram]\ntoken = "{TOKEN}"', f'telegram = {{ token = "{TOKEN}" }}'),
        SAMPLE.replace('name = "样板市"', f'name = "{TOKEN}"'),
    ],
)
def test_what_cannot_be_cleaned_for_certain_is_refused(text: str) -> None:
    """Over several lines, inside an inline table, repeated in another value."""
    assert TOKEN in text
    with pytest.raises(SecretStaysError):
        _clean(text)
