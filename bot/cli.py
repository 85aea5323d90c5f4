"""The command line: reads the command, calls what it names, turns every error into one clear line.

Nothing heavy is imported before a command needs it: aiogram alone takes two seconds.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli_errors import WRONG, failure_of
from bot.cli_parser import SAMPLE_ZONE, build_parser, language_of
from bot.cli_texts import say
from bot.codes import CUT_OFF, INTERRUPTED
from bot.config import ConfigError, load
from bot.config.addresses import passwords_of
from bot.config.settings import Log
from bot.config.web_checks import lacks_listen, see_listen
from bot.cut_off import fall_silent, flush, open_closed, reader_gone
from bot.harmless import harmless
from bot.logs import Mask, set_up

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from bot.backup.command import Desk
    from bot.cli_texts import Language
    from bot.config import Settings

OTHERS = 0o007
"""What is made here holds people's names and photos: other accounts of the machine get nothing."""


def main(argv: Sequence[str] | None = None, env: Mapping[str, str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: The words behind the program's name; those of the process if not given.
        env: The environment; that of the process if not given.
    """
    open_closed()
    os.umask(os.umask(OTHERS) | OTHERS)
    words = list(sys.argv[1:] if argv is None else argv)
    surroundings = os.environ if env is None else env
    try:
        try:
            return _obey(words, surroundings)
        finally:
            flush()
    except BrokenPipeError:
        fall_silent()
        return CUT_OFF
    except OSError as error:  # of help and version: argparse swallows it in some Pythons only
        language = language_of(words, surroundings)
        _tell(say("unwritten", language, reason=error.strerror or error))
        return 1


def _obey(words: Sequence[str], env: Mapping[str, str]) -> int:
    language = language_of(words, env)
    options = build_parser(language, _version()).parse_args(words)
    options.env, options.language, options.secrets = env, language, ()
    try:
        return _COMMANDS[options.command](options)
    except KeyboardInterrupt:
        _tell(say("stopped", language))
        return INTERRUPTED
    except ConfigError as error:
        return _tell_config(error, language)
    except Exception as error:  # the last line of defence: one line, not a traceback
        if isinstance(error, BrokenPipeError) and reader_gone():
            raise
        return _tell_failure(error, options)


def _version() -> str:
    try:
        return metadata.version("xunchaqun")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _demo(options: argparse.Namespace) -> int:
    _logs(options, Log(level="warning"))
    from bot.light_aiogram import importing

    with importing():
        from bot.demo import run_demo

    return run_demo(
        port=options.port,
        data=options.data,
        clock=options.clock,
        open_browser=options.open_browser,
    )


def _run(options: argparse.Namespace) -> int:
    settings = _settings(options)
    see_listen(settings, str(_config_file(options)))
    from bot.light_aiogram import importing

    with importing():
        from bot.run import run_bot
        from bot.whose_city import TakeOver

    over = TakeOver(city=options.new_bot, webhook=options.drop_webhook)
    return run_bot(settings, over=over)


def _simulator(options: argparse.Namespace) -> int:
    _logs(options, Log(level="warning"))
    from bot.stand_in import run_simulator

    def tell(address: str, token: str) -> None:
        ready = say("simulator_ready", options.language, address=address, token=token)
        sys.stdout.write(f"{ready}\n")
        sys.stdout.flush()

    return run_simulator(port=options.port, clock=options.clock, on_ready=tell)


def _config_check(options: argparse.Namespace) -> int:
    settings = load(options.file, options.env)
    from bot.config.city import town

    city = town(settings)
    good = say(
        "config_good",
        options.language,
        file=options.file,
        people=len(settings.people),
        grids=len(settings.grids),
        groups=len(settings.groups),
        categories=len(city.categories.leaves),
    )
    sys.stdout.write(f"{good}\n")
    if lacks_listen(settings):
        sys.stdout.write(f"{say('config_no_listen', options.language)}\n")
    return 0


def _calendar_update(options: argparse.Namespace) -> int:
    file = _config_file(options)
    folder = options.folder or load(file, options.env, files=False, token=False).files.calendar
    from bot.calendar_seed import update
    from scheduler.clock import SystemClock

    def tell(key: str, **fields: object) -> None:
        sys.stdout.write(f"{say(key, options.language, **fields)}\n")

    this_year = SystemClock().now().astimezone(SAMPLE_ZONE).year
    return update(folder, options.year, this_year, force=options.force, tell=tell)


def _quarantine_list(options: argparse.Namespace) -> int:
    settings = _settings(options, token=False)
    from bot.tools import list_quarantine

    return list_quarantine(settings)


def _quarantine_replay(options: argparse.Namespace) -> int:
    settings = _settings(options)
    from bot.tools import replay_quarantine

    return replay_quarantine(settings)


def _doctor(options: argparse.Namespace) -> int:
    _logs(options, Log(level="error"))
    from bot.checkup.doctor import doctor
    from scheduler.clock import SystemClock

    def tell(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    return doctor(
        _config_file(options),
        options.env,
        SystemClock().now,
        options.language,
        tell,
        online=not options.offline,
    )


def _audit(options: argparse.Namespace) -> int:
    settings = _settings(options, token=False)
    from bot.audit_command import audit

    return audit(settings, language=options.language, repair=options.repair)


def _backup(options: argparse.Namespace) -> int:
    # A slip in a file of the office must not cost the backup of the night.
    settings = _settings(options, files=False, token=False)
    from bot.backup.command import back_up

    return back_up(settings, _config_file(options), options.file, _desk(options))


def _restore(options: argparse.Namespace) -> int:
    _logs(options, Log(level="warning"))
    from bot.backup.command import restore, settled

    if _config_file(options).exists():
        options.secrets = settled(_config_file(options), options.env).secrets
        _logs(options, Log(level="warning"))
    return restore(
        options.file,
        _config_file(options),
        options.env,
        _desk(options),
        dry_run=options.dry_run,
        overwrite=options.overwrite,
    )


def _desk(options: argparse.Namespace) -> Desk:
    from bot.backup.command import Desk
    from scheduler.clock import SystemClock

    def tell(line: str) -> None:
        sys.stdout.write(f"{line}\n")

    now = SystemClock().now()
    return Desk(language=options.language, program=_version(), now=now, tell=tell)


def _migrate(options: argparse.Namespace) -> int:
    settings = _settings(options, token=False)
    from bot.moving import bring_up_to_date, move

    def tell(key: str, **fields: object) -> None:
        sys.stdout.write(f"{say(key, options.language, **fields)}\n")

    if options.to is None:
        return bring_up_to_date(settings, tell)
    options.secrets = (*options.secrets, *passwords_of(options.to))
    _logs(options, settings.log)
    return move(settings, options.to, options.language, tell)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "run": _run,
    "simulator": _simulator,
    "config check": _config_check,
    "calendar update": _calendar_update,
    "quarantine list": _quarantine_list,
    "quarantine replay": _quarantine_replay,
    "audit": _audit,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
    "migrate": _migrate,
}


def _settings(options: argparse.Namespace, *, files: bool = True, token: bool = True) -> Settings:
    """Load the configuration and set up the log lines as it says; the rest as for `load`."""
    settings = load(_config_file(options), options.env, files=files, token=token)
    options.secrets = settings.secrets
    _logs(options, settings.log)
    return settings


def _config_file(options: argparse.Namespace) -> Path:
    return options.config or Path(options.env.get("XUNCHAQUN_CONFIG", "config.toml"))


def _logs(options: argparse.Namespace, log: Log) -> None:
    level = "debug" if options.debug else log.level
    set_up(level=level, style=log.style, secrets=options.secrets)


def _tell_config(error: ConfigError, language: Language) -> int:
    count = len(error.problems)
    _tell(say("config_bad", language, file=error.source, count=count))
    for line in error.lines(language):
        _tell(f"  {line}")
    return WRONG


def _tell_failure(error: Exception, options: argparse.Namespace) -> int:
    mask = Mask(options.secrets)
    if options.debug:
        trace = mask("".join(traceback.format_exception(error)).rstrip())
        _tell("\n".join(map(harmless, trace.splitlines())))
    failure = failure_of(error)
    detail = mask(failure.detail)
    fields = {**failure.more, "kind": failure.kind, "detail": detail}
    told = say(failure.text, options.language, **fields)
    _tell(f"xunchaqun: {told}")
    return failure.code


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
