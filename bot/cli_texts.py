"""The words of the command line, English and Chinese; what the bot says in chats is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.audit_texts import AUDIT_TEXTS
from bot.care_texts import CARE_TEXTS
from bot.checkup.texts import DOCTOR_TEXTS
from bot.harmless import harmless
from bot.team_texts import TEAM_TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["en", "zh"]

TEXTS: Mapping[str, tuple[str, str]] = {
    **CARE_TEXTS,
    **TEAM_TEXTS,
    **AUDIT_TEXTS,
    **DOCTOR_TEXTS,
    # help
    "about": (
        (
            "A photo in the patrol group becomes a tracked case, and the case gets closed."
            " New here? Try: xunchaqun demo"
        ),
        "巡查群里的一张照片就是一件案子，一直跟到结案。第一次用？试试：xunchaqun demo",
    ),
    "exit_codes": (
        (
            "Exit codes: 0 done, 1 it failed, 2 wrong command or configuration, 3 another program"
            " has this city or this token, 130 stopped by Ctrl-C, 141 nobody reads the output any"
            " more."
        ),
        (
            "退出码：0 完成，1 失败，2 命令或配置有误，3 本市或本令牌已有另一个程序在用，"
            "130 被 Ctrl-C 停止，141 输出已无人读取。"
        ),
    ),
    "usage_title": ("usage: ", "用法："),
    "options_title": ("options", "选项"),
    "commands_title": ("commands", "命令"),
    "help": ("show this help and leave", "显示这份帮助"),
    "version": ("print the version and leave", "显示版本"),
    "debug": ("log everything, and show tracebacks of errors", "记录全部细节，出错时显示完整追踪"),
    "lang": (
        "language of these words, zh or en (default: that of LANG)",
        "这些文字的语言，zh 或 en（默认随 LANG）",
    ),
    "demo": (
        "try everything in the browser: a stand-in Telegram, a sample town, no token, no network",
        "在浏览器里试用全部功能：模拟的 Telegram、样板市，不要令牌、不联网",
    ),
    "demo_more": (
        (
            "Starts the simulator and the bot on this machine and says which address to open."
            " Post a photo as officer01, claim it as repairer01, and see the case to its end."
        ),
        (
            "在本机启动模拟器和机器人，并告诉您打开哪个网址。"
            "以 officer01 的身份发照片，以 repairer01 接单，把案子一直办到结案。"
        ),
    ),
    "run": (
        "run the bot for real, against Telegram or any api_base",
        "正式运行机器人，连接 Telegram 或指定的 api_base",
    ),
    "run_more": (
        (
            "Needs a configuration: copy config.example.toml to config.toml and fill in your city."
            " Stop it with Ctrl-C or SIGTERM; nothing is lost."
        ),
        (
            "需要配置文件：把 config.example.toml 复制为 config.toml 并填好本市情况。"
            "用 Ctrl-C 或 SIGTERM 停止，不会丢数据。"
        ),
    ),
    "simulator": (
        "run the stand-in Telegram alone, for a bot in another process",
        "只运行模拟的 Telegram，供另一个进程里的机器人使用",
    ),
    "simulator_more": (
        "Set api_base and follow_clock of the bot's configuration to the address it prints.",
        "把机器人配置里的 api_base 和 follow_clock 都设为它显示的网址。",
    ),
    "config": ("look after the configuration", "检查配置"),
    "config_check": (
        "read a configuration and tell everything that is wrong with it",
        "读一遍配置文件，把所有错误一次列出",
    ),
    "calendar": ("look after the working calendar", "维护工作日历"),
    "calendar_update": (
        "write the public holidays and make-up days of a year into the calendar folder",
        "把一年的放假和调休写进工作日历文件夹",
    ),
    "calendar_more": (
        (
            "They come from the Python package chinesecalendar, without any network."
            " The files are yours to edit; an edited file is left alone."
        ),
        "数据来自 Python 包 chinesecalendar，不联网。文件可以随意修改；改过的文件不会被覆盖。",
    ),
    "calendar_years": (
        "the years (default: this one, and the next one if it is known)",
        "年份（默认今年；明年已公布的也写）",
    ),
    "calendar_folder": (
        "the calendar folder, where there is no configuration yet",
        "工作日历文件夹（还没有配置文件时用）",
    ),
    "calendar_force": ("overwrite files that were edited", "改过的文件也覆盖"),
    "quarantine": (
        "updates that could not be handled: look at them, handle them again",
        "处理失败的更新：查看或重新处理",
    ),
    "quarantine_list": ("list them with their errors", "列出这些更新和错误"),
    "quarantine_replay": ("handle them again, oldest first", "由旧到新重新处理"),
    "port": (
        "port on this machine (default {default}; 0: any free one)",
        "本机端口（默认 {default}；0 为任选空闲端口）",
    ),
    "data": (
        "folder for the database and the photos (default: a new one each time)",
        "数据库和照片的文件夹（默认每次新建）",
    ),
    "clock": (
        "start the simulated clock here, e.g. 2026-11-20T16:50 (city time; default: now)",
        "模拟时钟的起点，如 2026-11-20T16:50（本市时间；默认现在）",
    ),
    "no_open": ("do not open the browser", "不自动打开浏览器"),
    "config_option": (
        "the configuration file (default: XUNCHAQUN_CONFIG, else config.toml)",
        "配置文件（默认 XUNCHAQUN_CONFIG，其次 config.toml）",
    ),
    "config_file": ("the configuration file", "配置文件"),
    # wrong commands
    "wrong_command": (
        "wrong command: {detail}\nSee: {program} --help",
        "命令有误：{detail}\n用法见：{program} --help",
    ),
    "wrong_port": ("“{given}” is no port (0 to 65535)", "“{given}”不是端口号（0 到 65535）"),
    "wrong_clock": (
        "“{given}” is no time such as 2026-11-20T16:50",
        "“{given}”不是时间，应写成 2026-11-20T16:50",
    ),
    "wrong_folder": (
        "“{given}” is a file, or lies in one; a folder is wanted",
        "“{given}”是文件，或在某个文件之下；应为文件夹",
    ),
    "wrong_year": ("“{given}” is no year such as 2027", "“{given}”不是年份，应写成 2027"),
    # results
    "calendar_written": ("{file} was written.", "已写好 {file}。"),
    "calendar_same": ("{file} is up to date.", "{file} 已是最新。"),
    "calendar_edited": (
        "{file} was edited and is left as it is; --force overwrites it.",
        "{file} 有人改过，没有覆盖；要覆盖请加 --force。",
    ),
    "calendar_unknown": (
        (
            "{year} is not known yet: the holidays are published in the November before. Then:"
            " pip install -U chinesecalendar, or write {file} by hand after an earlier year."
        ),
        (
            "{year} 年的放假安排还查不到：一般在上一年 11 月公布。公布后请"
            " pip install -U chinesecalendar，或照往年的文件手写 {file}。"
        ),
    ),
    "config_good": (
        "{file} is good: {people} people, {grids} grids, {groups} groups, {categories} categories.",
        "{file} 没有问题：{people} 人，{grids} 个网格，{groups} 个群，{categories} 个问题类别。",
    ),
    "config_no_listen": (
        (
            "With web.webhook xunchaqun run needs web.listen, which is neither in the file nor in"
            " this environment: give it to each process as XUNCHAQUN_WEB_LISTEN."
        ),
        (
            "用 web.webhook 时，xunchaqun run 还要 web.listen；文件和当前环境里都没有，"
            "请在各进程的 XUNCHAQUN_WEB_LISTEN 里给出。"
        ),
    ),
    "config_bad": (
        "{file} cannot be used, {count} thing(s) to correct:",
        "{file} 不能使用，有 {count} 处要改：",
    ),
    "demo_ready": (
        (
            "Open {address} in the browser: the chat page shows what to try first."
            "\nData of this run: {data}"
            "\nCtrl-C stops it."
        ),
        (
            "请用浏览器打开 {address} ，聊天页面会告诉您先试什么。"
            "\n本次运行的数据在：{data}"
            "\n按 Ctrl-C 停止。"
        ),
    ),
    "quarantined": (
        "update {update} of {at}: {cause}",
        "更新 {update}（{at}）：{cause}",
    ),
    "quarantine_count": ("in quarantine: {count}", "隔离区共 {count} 条"),
    "replayed": ("update {update} went through", "更新 {update} 已处理"),
    "failed_again": (
        "update {update} failed again and stays in quarantine",
        "更新 {update} 再次失败，仍留在隔离区",
    ),
    "replay_count": ("went through: {count}, left: {left}", "已处理 {count} 条，剩 {left} 条"),
    "simulator_ready": (
        (
            "The stand-in Telegram is ready at {address} (open it in the browser)."
            "\nFor a bot in another process: api_base and follow_clock = {address}, token = {token}"
            "\nCtrl-C stops it."
        ),
        (
            "模拟的 Telegram 已就绪：{address} （用浏览器打开）"
            "\n另一个进程里的机器人请设：api_base 和 follow_clock = {address}，token = {token}"
            "\n按 Ctrl-C 停止。"
        ),
    ),
    "stopped": ("stopped.", "已停止。"),
    # failures
    "port_taken": (
        "the port is taken by another program; stop that one, or choose another with --port.",
        "端口已被别的程序占用；请先停掉它，或用 --port 换一个。",
    ),
    "cannot_listen": (
        (
            "nothing can listen at {detail}: another program does, or it is no address of this"
            " machine; look at [web] listen and metrics."
        ),
        "{detail} 监听不了：已被别的程序占用，或不是本机地址；请核对 [web] 的 listen 和 metrics。",
    ),
    "no_access": (
        "no access to {detail}; check who owns it.",
        "没有权限访问 {detail}，请检查它的所有者。",
    ),
    "no_access_to": (
        (
            "no access to {detail}: this runs as {user}, there it is {owner} who decides. Run it as"
            " {owner}, or give it to {user} with chown."
        ),
        (
            "没有权限访问 {detail}：当前用户是 {user}，那里归 {owner} 管。"
            "请用 {owner} 执行，或用 chown 交给 {user}。"
        ),
    ),
    "token_refused": (
        (
            "Telegram does not accept the token. Copy it again from BotFather, or ask it for a"
            " new one; it belongs in XUNCHAQUN_TELEGRAM_TOKEN or [telegram] token."
        ),
        (
            "Telegram 不认这个令牌。请向 BotFather 重新复制或换一个，"
            "填到 XUNCHAQUN_TELEGRAM_TOKEN 或 [telegram] 的 token。"
        ),
    ),
    "database_newer": (
        "{detail}; install the newer program again, or use the copy in the backups folder.",
        "数据库比程序新，请装回新版程序，或使用 backups 文件夹里的备份。（{detail}）",
    ),
    "no_database": (
        "there is no database at {detail} yet; xunchaqun run makes it.",
        "{detail} 还没有数据库，运行一次 xunchaqun run 就会建立。",
    ),
    "no_clock": (
        "no simulator answers at follow_clock ({detail}); start it, or take the key out.",
        "follow_clock 指的模拟器没有应答（{detail}），请先启动它，或删去这一项。",
    ),
    "no_space": ("the disk is full; make room and start again.", "磁盘已满，请腾出空间后再启动。"),
    "no_module": (
        "the Python package “{detail}” is not installed; install again with make install.",
        "没有安装 Python 包“{detail}”，请用 make install 重新安装。",
    ),
    "no_extra": (
        "the Python package “{detail}” is not installed. Install it: {command}",
        "没有安装 Python 包“{detail}”。请安装：{command}",
    ),
    "unwritten": (
        "the output cannot be written ({reason}): write it elsewhere",
        "输出写不进去（{reason}）：请换个地方输出",
    ),
    "failed": (
        "it failed ({kind}): {detail}\nRun it again with --debug to see where.",
        "出错了（{kind}）：{detail}\n加 --debug 再运行一次，可看到出错位置。",
    ),
}


def say(key: str, language: Language, **fields: object) -> str:
    """One text in one language, its placeholders filled with what cannot harm a terminal."""
    text = TEXTS[key][1 if language == "zh" else 0]
    shown = {
        name: value if isinstance(value, int | float) else harmless(str(value))
        for name, value in fields.items()
    }
    return text.format(**shown) if fields else text
