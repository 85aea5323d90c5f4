"""What a configuration says, as typed frozen objects; each default stands here and nowhere else."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from typing_extensions import override

from bot.config.addresses import passwords_of
from casework.digests import Digests
from casework.people import LEAST_CHAT, Role
from casework.rules import Rules
from web.health import Limits

Language = Literal["zh", "en"]
LONGEST_POLL = 50
"""Seconds; Telegram's own bound of a long poll."""
MOST_CONNECTIONS = 100
"""Deliveries to a webhook at once; Telegram's own bound."""


class Secret:
    """A text that nobody sees by accident: `reveal()` is the only way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one call that needs it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self._text

    @override
    def __hash__(self) -> int:
        return hash((Secret, self._text))

    @override
    def __repr__(self) -> str:
        return "Secret(***)" if self._text else "Secret()"

    @override
    def __str__(self) -> str:
        return "***" if self._text else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Telegram:
    """How the bot reaches Telegram."""

    token: Secret = field(default_factory=lambda: Secret(""))
    """What BotFather gave; better in XUNCHAQUN_TELEGRAM_TOKEN or a file than written here."""
    api_base: str = "https://api.telegram.org"
    proxy: str = ""
    """`http://…` or `socks5://…`; empty: none."""
    poll_seconds: int = field(default=25, metadata={"most": LONGEST_POLL})
    """How long one getUpdates waits for something new."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Database:
    """Where the cases are kept."""

    url: Secret = field(default_factory=lambda: Secret(""))
    """Empty: the SQLite file `xunchaqun.sqlite3` in the data folder. It may hold a password."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Web:
    """The bot's own HTTP server."""

    listen: str = ""
    """`127.0.0.1:8080`: there it answers `/healthz` and the webhook; empty: nowhere."""
    webhook: str = ""
    """The public address to which Telegram brings updates; empty: the bot polls."""
    secret: Secret = field(default_factory=lambda: Secret(""))
    """What the webhook's header must hold; empty: made from the token."""
    max_connections: int = field(default=40, metadata={"most": MOST_CONNECTIONS})
    """Deliveries that Telegram may make at once."""
    share_port: bool = False
    """Whether several processes listen at the same address."""
    metrics: str = ""
    """`127.0.0.1:9464`: there `/metrics` is answered; empty: nowhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Log:
    """What the log lines look like."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    style: Literal["console", "json"] = "console"


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """How the bot looks after itself."""

    audit_seconds: int = field(default=60, metadata={"least": 0, "most": 3600})
    """Within this time the auditor finds any damage; 0: nobody looks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """The city whose streets are patrolled."""

    name: str = ""
    timezone: str = "Asia/Shanghai"
    """An IANA name; every clock time of a rule is meant in it."""
    language: Language = "zh"


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """Files that an office may put in the place of the ones that ship; `None`: those that ship."""

    categories: Path | None = None
    """TOML: the categories of defects with their keywords."""
    words: Path | None = None
    """TOML: the words that claim, pass, fail, warn of danger."""
    texts: Path | None = None
    """A folder: texts that replace the bot's own, by name and language."""
    font: Path | None = None
    """A font file with the Chinese characters of the sheets."""
    calendar: Path = Path("calendar")
    """A folder: the working calendar, one file a year; it may be missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupEntry:
    """One bound patrol group."""

    chat: int = field(metadata={"least": LEAST_CHAT, "most": -1})
    """Telegram's id of the group, a negative number."""
    language: Language | None = None
    """`None`: the city's."""
    kind: Literal["patrol", "managers"] = "patrol"
    """In a managers' group no cases are opened; digests may go there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CompanyEntry:
    """One repair company."""

    key: str
    """How grids and people of this file name the company."""
    name: str
    zone: str
    """The zone it serves, such as 东城."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GridEntry:
    """One patrol grid."""

    number: int
    company: str
    streets: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonEntry:
    """One person of the roster."""

    username: str
    """The Telegram username, with or without `@`, in any case."""
    name: str
    role: Role
    company: str = ""
    grid: int | None = None
    pair: str = ""
    """The username of the officer's paired repairer."""
    away: bool = False
    language: Language | None = None
    """`None`: the language of the person's app."""

    @property
    def key(self) -> str:
        """The username in lower case, without `@`."""
        return username_key(self.username)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """A whole configuration."""

    city: City = field(default_factory=City)
    data: Path = Path("data")
    """The folder of the database and the photos; relative to the configuration file."""
    follow_clock: str = ""
    """The address of a simulator whose clock the bot follows; empty: the real time."""
    telegram: Telegram = field(default_factory=Telegram)
    database: Database = field(default_factory=Database)
    web: Web = field(default_factory=Web)
    health: Limits = field(default_factory=Limits)
    log: Log = field(default_factory=Log)
    watch: Watch = field(default_factory=Watch)
    files: Files = field(default_factory=Files)
    groups: tuple[GroupEntry, ...] = ()
    companies: tuple[CompanyEntry, ...] = ()
    grids: tuple[GridEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    digests: Digests = field(default_factory=Digests)
    rules: Rules = field(default_factory=Rules)

    @property
    def database_url(self) -> str:
        """The database's address as SQLAlchemy reads it; it may hold a password."""
        given = self.database.url.reveal()
        return given or f"sqlite:///{self.data / 'xunchaqun.sqlite3'}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that must never be printed: the token, the passwords, the webhook's secret."""
        texts = (
            self.telegram.token.reveal(),
            *passwords_of(self.database.url.reveal()),
            *passwords_of(self.telegram.proxy),
            self.hook_secret,
        )
        return tuple(dict.fromkeys(text for text in texts if text))

    @property
    def hook_secret(self) -> str:
        """What Telegram must bring along to the webhook; empty only where there is no token.

        Made from the token, all processes of one bot agree on it and nobody else knows it.
        """
        given, token = self.web.secret.reveal(), self.telegram.token.reveal()
        if given or not token:
            return given
        return hmac.digest(token.encode(), b"xunchaqun webhook", "sha256").hex()


def username_key(username: str) -> str:
    """How the roster names the person with this username."""
    return username.strip().removeprefix("@").lower()
