"""Addresses with a password: what is ambiguous is refused, and nothing of a password is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.config import ConfigError
from bot.config.addresses import passwords_of, without_user
from bot.config.loading import parse
from bot.logs import Mask

SAMPLE = (Path(__file__).parents[3] / "bot/data/sample_town.toml").read_text(encoding="utf-8")
AMBIGUOUS = ("Pass/Long", "Pass@Long", "Pass?Long", "Pass#Long", "Pass[Long", "Pass]Long")


def _told(env: dict[str, str], language: str = "en") -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        parse(SAMPLE, env, source="config.toml", base=Path.cwd())
    return caught.value.lines(language)


@pytest.mark.parametrize("password", AMBIGUOUS)
@pytest.mark.parametrize(
    ("key", "scheme"),
    [("TELEGRAM_PROXY", "http"), ("TELEGRAM_PROXY", "socks5"), ("DATABASE_URL", "postgresql")],
)
def test_a_password_with_a_character_of_addresses_is_refused(
    key: str, scheme: str, password: str
) -> None:
    """In one line, which says how to write it and tells nothing of it."""
    name = f"XUNCHAQUN_{key}"
    given = f"{scheme}://clerk:{password}@127.0.0.1:1080/x"
    for language, words in (("en", "write @ as %40, / as %2F"), ("zh", "@ 要写成 %40")):
        [line] = _told({name: given}, language)
        assert line.startswith(name)
        assert words in line
        assert "Pass" not in line
        assert "Long" not in line


@pytest.mark.parametrize("password", ["Pass%2FLong", "Pass%40Long", "Pass:Long", "Pässword", "a b"])
def test_a_password_that_is_written_out_is_taken(password: str) -> None:
    """Everything else may stand in it as it is."""
    env = {
        "XUNCHAQUN_DATABASE_URL": f"postgresql://clerk:{password}@h:5432/town",
        "XUNCHAQUN_TELEGRAM_PROXY": f"socks5://clerk:{password}@h:1080",
    }
    settings = parse(SAMPLE, env, source="config.toml", base=Path.cwd())
    assert password in settings.secrets


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://h:port/town",
        "postgresql://h:0/town",
        "postgresql://h:70000/town",
        "postgresql:///town",
        "sqlite://",
        "sqlite://town.sqlite3",
        "sqlite:////srv/a\x00b",
    ],
)
def test_what_is_no_address_of_a_database_is_refused(given: str) -> None:
    """A port that is no number, an SQLite address without a file."""
    [line] = _told({"XUNCHAQUN_DATABASE_URL": given})
    assert "this is no address such as postgresql://" in line


@pytest.mark.parametrize("path", ["{c", "c d", "巡查", "%zz", 'a"b', "a\\\\b"])
@pytest.mark.parametrize("key", ["WEB_WEBHOOK", "TELEGRAM_API_BASE"])
def test_what_stands_in_no_address_is_refused(key: str, path: str) -> None:
    """Of one whose pieces are put together or looked up later, nothing must have another sense."""
    env = {"XUNCHAQUN_WEB_LISTEN": ":8080", f"XUNCHAQUN_{key}": f"https://a.example/{path}"}
    [line] = _told(env)
    assert line.startswith(f"XUNCHAQUN_{key}: ")
    assert "stands in no address; write it as %…" in line


def test_a_file_of_sqlite_may_have_any_name() -> None:
    """It has no user, so nothing in it is ambiguous."""
    url = "sqlite:////srv/a@b/x#1/巡 查.sqlite3"
    env = {"XUNCHAQUN_DATABASE_URL": url}
    assert parse(SAMPLE, env, source="", base=Path.cwd()).database_url == url


@pytest.mark.parametrize("password", [*AMBIGUOUS, "Pass%2FLong"])
def test_the_mask_covers_a_password_in_any_case(password: str) -> None:
    """Also what a library takes for the host, if such an address ever came to it."""
    mask = Mask(passwords_of(f"postgresql://clerk:{password}@h/town"))
    for told in (f"no host '{password}@h'", "no host 'Long@h'", "no user 'Pass'", "Pass/Long"):
        assert "Long" not in mask(told) or "%" in password
        assert password not in mask(told)


def test_a_password_among_the_options_is_one_too() -> None:
    """PostgreSQL takes it there as well."""
    assert "s3cret" in set(passwords_of("postgresql://h/town?user=clerk&password=s3cret"))


def test_the_user_is_taken_out_of_an_address_or_the_address_is_left_out() -> None:
    """Never a part of a password."""
    assert without_user("http://clerk:pass@h:80/x") == "http://h:80/x"
    assert without_user("http://h:80/x") == "http://h:80/x"
    for password in AMBIGUOUS:
        assert without_user(f"http://clerk:{password}@h:80") == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "knows no option “sslmod” of"), ("zh", "没有“sslmod”这个参数")],
)
def test_an_option_that_postgresql_does_not_know_is_named(language: str, words: str) -> None:
    """A start would fail over it, and be tried again for ever; nothing else of it is told."""
    url = "postgresql://clerk@h/town?sslmod=require&application_name=&password=Long"
    [line] = _told({"XUNCHAQUN_DATABASE_URL": url}, language)
    assert line.startswith("XUNCHAQUN_DATABASE_URL")
    assert words in line
    assert "sslmode" in line
    assert "Long" not in line


def test_options_that_postgresql_knows_are_taken() -> None:
    """Also the place of a server on this machine's socket."""
    url = "postgresql:///town?host=/run/postgresql&sslmode=require&connect_timeout=5"
    env = {"XUNCHAQUN_DATABASE_URL": url}
    assert parse(SAMPLE, env, source="config.toml", base=Path.cwd()).database_url == url


def test_a_move_to_an_address_with_an_unknown_option_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Before anything is read, with the option's name alone."""
    url = "postgresql://clerk@h/town?password=Long&sslmod=require"
    with pytest.raises(SystemExit) as caught:
        main(["migrate", "--to", url, "--lang", "en"], {})
    told = capsys.readouterr().err
    assert caught.value.code == 2
    assert "PostgreSQL knows no option “sslmod” of an address" in told
    assert "Long" not in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("sslmode=foo", 'invalid sslmode value: "foo"'),
        ("sslmode=require&connect_timeout=soon", '"soon" for connection option "connect_timeout"'),
        ("keepalives_idle=x", '"x" for connection option "keepalives_idle"'),
        ("hostaddr=h", 'invalid hostaddr value: "h"'),
        ("target_session_attrs=any&target_session_attrs=any", "invalid target_session_attrs value"),
        ("application_name=a%00b", "invalid application_name value"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_refused(options: str, said: str) -> None:
    """With PostgreSQL's own words, which name the option; nothing else of the address is told."""
    url = f"postgresql://clerk@h/town?password=Long&{options}"
    for language, words in (("en", "does not take an option"), ("zh", "不接受地址里的参数值")):
        [line] = _told({"XUNCHAQUN_DATABASE_URL": url}, language)
        assert line.startswith("XUNCHAQUN_DATABASE_URL")
        assert words in line
        assert said in line
        assert "Long" not in line


@pytest.mark.parametrize(
    "options",
    [
        "connect_timeout=2.5&keepalives=1&application_name=&password=-",
        "sslmode=verify-full&sslnegotiation=direct&gssencmode=require&channel_binding=require",
        "target_session_attrs=prefer-standby&load_balance_hosts=random&hostaddr=127.0.0.1,::1",
        "client_encoding=utf8&options=-c%20statement_timeout%3D1s&sslrootcert=/srv/ca.pem",
    ],
)
def test_values_that_options_take_are_taken(options: str) -> None:
    """Also one that is good only beside another one, and what only a server can judge."""
    url = f"postgresql://clerk@db.example/town?{options}"
    env = {"XUNCHAQUN_DATABASE_URL": url}
    assert parse(SAMPLE, env, source="config.toml", base=Path.cwd()).database_url == url


def test_a_move_to_an_address_with_a_wrong_value_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Before anything is read."""
    url = "postgresql://clerk@h/town?password=Long&sslmode=foo"
    with pytest.raises(SystemExit) as caught:
        main(["migrate", "--to", url, "--lang", "en"], {})
    told = capsys.readouterr().err
    assert caught.value.code == 2
    assert 'invalid sslmode value: "foo"' in told
    assert "Long" not in told
