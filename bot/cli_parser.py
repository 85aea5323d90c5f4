"""The shape of the command line: commands, options and their help in both languages."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.cli_texts import say
from bot.config.addresses import DATABASES, fault_of, unknown_options, wrong_option
from bot.config.own_files import may_be_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.cli_texts import Language

DEMO_PORT = 8765
HIGHEST_PORT = 65535
SAMPLE_ZONE = ZoneInfo("Asia/Shanghai")
"""A clock time without an offset is meant in the sample town's time zone."""


def language_of(words: Sequence[str], env: Mapping[str, str]) -> Language:
    """The language of the command line's own words: `--lang`, else the environment's."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--lang")
    try:
        chosen = early.parse_known_args(words)[0].lang
    except argparse.ArgumentError:
        chosen = None
    given = chosen or next(
        (
            env[name]
            for name in ("XUNCHAQUN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
            if env.get(name)
        ),
        "",
    )
    return "zh" if given.lower().startswith("zh") else "en"


def build_parser(language: Language, version: str) -> argparse.ArgumentParser:
    """The whole command line; what it reads has `command` and the command's options."""
    shape = _Shape(language)
    parser = shape.parser(prog="xunchaqun", description=say("about", language))
    parser.epilog = say("exit_codes", language)
    parser.add_argument(
        "--version",
        action="version",
        version=f"xunchaqun {version}",
        help=say("version", language),
    )
    commands = shape.commands(parser)
    shape.demo(shape.add(commands, "demo", more="demo_more"))
    shape.run(shape.add(commands, "run", more="run_more"))
    shape.simulator(shape.add(commands, "simulator", more="simulator_more"))
    config = shape.commands(shape.group(commands, "config"))
    check = shape.add(config, "check", key="config_check", path="config check")
    check.add_argument("file", metavar="FILE", type=Path, help=say("config_file", language))
    calendar = shape.commands(shape.group(commands, "calendar"))
    update = shape.add(
        calendar, "update", key="calendar_update", path="calendar update", more="calendar_more"
    )
    shape.calendar_update(update)
    quarantine = shape.commands(shape.group(commands, "quarantine"))
    for verb in ("list", "replay"):
        name = f"quarantine_{verb}"
        shape.with_config(shape.add(quarantine, verb, key=name, path=f"quarantine {verb}"))
    shape.audit(shape.add(commands, "audit", more="audit_more"))
    shape.doctor(shape.add(commands, "doctor", more="doctor_more"))
    shape.backup(shape.add(commands, "backup", more="backup_more"))
    shape.restore(shape.add(commands, "restore", more="restore_more"))
    shape.migrate(shape.add(commands, "migrate", more="migrate_more"))
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line with the way to the help."""

    language: Language = "en"

    @override
    def error(self, message: str) -> NoReturn:
        detail = re.sub(r"://\S*@", "://***@", message)
        told = say("wrong_command", self.language, detail=detail, program=self.prog)
        self.exit(2, f"xunchaqun: {told}\n")

    @override
    def format_usage(self) -> str:
        return self._translated(super().format_usage())

    @override
    def format_help(self) -> str:
        return self._translated(super().format_help())

    def _translated(self, text: str) -> str:
        title = say("usage_title", self.language)
        return title + text.removeprefix("usage: ")


class _Shape:
    """Adds commands and options in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def parser(self, *, prog: str, description: str) -> _Parser:
        parser = _Parser(prog=prog, description=description, add_help=False)
        self._finish(parser, default=True)
        return parser

    def commands(self, parser: _Parser) -> argparse._SubParsersAction[_Parser]:
        title = say("commands_title", self._language)
        return parser.add_subparsers(
            title=title, metavar="COMMAND", required=True, parser_class=_Parser
        )

    def group(self, commands: argparse._SubParsersAction[_Parser], name: str) -> _Parser:
        """A command that only holds further ones."""
        text = say(name, self._language)
        parser = commands.add_parser(name, help=text, description=text, add_help=False)
        self._finish(parser)
        return parser

    def add(
        self,
        commands: argparse._SubParsersAction[_Parser],
        name: str,
        *,
        key: str = "",
        path: str = "",
        more: str = "",
    ) -> _Parser:
        """A command: its text, its further description, and the name it is called by."""
        text = say(key or name, self._language)
        stop = "。" if self._language == "zh" else ". "
        described = f"{text}{stop}{say(more, self._language)}" if more else text
        parser = commands.add_parser(name, help=text, description=described, add_help=False)
        parser.set_defaults(command=path or name)
        self._finish(parser)
        return parser

    def demo(self, parser: _Parser) -> None:
        self._port(parser)
        read = self._reader(_folder, "wrong_folder")
        parser.add_argument("--data", metavar="DIR", type=read, help=say("data", self._language))
        self._clock(parser)
        parser.add_argument(
            "--no-open",
            dest="open_browser",
            action="store_false",
            help=say("no_open", self._language),
        )

    def simulator(self, parser: _Parser) -> None:
        self._port(parser)
        self._clock(parser)

    def with_config(self, parser: _Parser) -> None:
        text = say("config_option", self._language)
        parser.add_argument("--config", metavar="FILE", type=Path, help=text)

    def run(self, parser: _Parser) -> None:
        self.with_config(parser)
        for option in ("new_bot", "drop_webhook"):
            text = say(option, self._language)
            parser.add_argument(f"--{option.replace('_', '-')}", action="store_true", help=text)

    def audit(self, parser: _Parser) -> None:
        self.with_config(parser)
        text = say("audit_repair", self._language)
        parser.add_argument("--repair", action="store_true", help=text)

    def doctor(self, parser: _Parser) -> None:
        self.with_config(parser)
        text = say("offline", self._language)
        parser.add_argument("--offline", action="store_true", help=text)

    def backup(self, parser: _Parser) -> None:
        text = say("backup_file", self._language)
        parser.add_argument("file", metavar="FILE", type=Path, help=text)
        self.with_config(parser)

    def restore(self, parser: _Parser) -> None:
        text = say("restore_file", self._language)
        parser.add_argument("file", metavar="FILE", type=Path, help=text)
        self.with_config(parser)
        for option in ("dry_run", "overwrite"):
            text = say(option, self._language)
            parser.add_argument(f"--{option.replace('_', '-')}", action="store_true", help=text)

    def migrate(self, parser: _Parser) -> None:
        self.with_config(parser)
        text, read = say("migrate_to", self._language), self._reader(_database, "wrong_database")
        parser.add_argument("--to", metavar="URL", type=read, help=text)

    def calendar_update(self, parser: _Parser) -> None:
        read = self._reader(_year, "wrong_year")
        text = say("calendar_years", self._language)
        parser.add_argument("--year", nargs="+", type=read, default=[], metavar="YEAR", help=text)
        place = parser.add_mutually_exclusive_group()
        text = say("config_option", self._language)
        place.add_argument("--config", metavar="FILE", type=Path, help=text)
        text, read = say("calendar_folder", self._language), self._reader(_folder, "wrong_folder")
        place.add_argument("--folder", metavar="DIR", type=read, help=text)
        text = say("calendar_force", self._language)
        parser.add_argument("--force", action="store_true", help=text)

    def _port(self, parser: _Parser) -> None:
        text = say("port", self._language, default=DEMO_PORT)
        read = self._reader(_port, "wrong_port")
        parser.add_argument("--port", type=read, default=DEMO_PORT, metavar="PORT", help=text)

    def _clock(self, parser: _Parser) -> None:
        read = self._reader(_moment, "wrong_clock")
        text = say("clock", self._language)
        parser.add_argument("--clock", type=read, metavar="ISO-TIME", help=text)

    def _reader(self, read: Callable[[str], object], wrong: str) -> Callable[[str], object]:
        def checked(given: str) -> object:
            try:
                return read(given)
            except ValueError as error:
                # Of an address that is wrong somewhere, nobody knows where its password ends.
                shown = re.sub(r"^([^:/]*:/*)?.*@", r"\1***@", given)
                known = error if isinstance(error, _ToldError) else _ToldError(wrong)
                told = say(known.text, self._language, **{"given": shown, **known.fields})
                raise argparse.ArgumentTypeError(told) from None

        return checked

    def _finish(self, parser: _Parser, *, default: bool = False) -> None:
        """The options that stand at every level, in front of a command or behind it."""
        parser.language = self._language
        parser._optionals.title = say("options_title", self._language)  # noqa: SLF001 - no public way
        absent = False if default else argparse.SUPPRESS
        parser.add_argument("-h", "--help", action="help", help=say("help", self._language))
        parser.add_argument(
            "--debug", action="store_true", default=absent, help=say("debug", self._language)
        )
        parser.add_argument(
            "--lang",
            choices=("zh", "en"),
            metavar="LANG",
            default=None if default else argparse.SUPPRESS,
            help=say("lang", self._language),
        )


def _port(given: str) -> int:
    port = int(given)
    if not 0 <= port <= HIGHEST_PORT:
        raise ValueError(given)
    return port


class _ToldError(ValueError):
    """A value is wrong in a way that has a text of its own."""

    def __init__(self, text: str, **fields: str) -> None:
        super().__init__(text)
        self.text = text
        self.fields = fields


def _database(given: str) -> str:
    fault = fault_of(given, DATABASES)
    if fault:
        raise _ToldError(f"{fault}_database")
    for name in unknown_options(given):
        raise _ToldError("unknown_option_database", given=name)
    said = wrong_option(given)
    if said:
        raise _ToldError("wrong_option_database", given=said)
    return given


def _folder(given: str) -> Path:
    if not may_be_folder(Path(given)):
        raise ValueError(given)
    return Path(given)


def _year(given: str) -> int:
    return date(int(given), 1, 1).year


def _moment(given: str) -> datetime:
    moment = datetime.fromisoformat(given)
    return moment if moment.tzinfo else moment.replace(tzinfo=SAMPLE_ZONE)
