"""The words of the command line about the database and other processes, English and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config.wording import PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNESCAPED = PROBLEMS["unescaped"]
TEAM_TEXTS: Mapping[str, tuple[str, str]] = {
    # help
    "migrate": (
        "bring the database up to date, or move the city to another one",
        "升级数据库，或把全市数据迁到另一个数据库",
    ),
    "migrate_more": (
        (
            "Stop the bot first. Without --to the tables are changed to those of this program,"
            " after a copy. With --to all rows go to an empty database, all or none, and a digest"
            " of each table is compared on both sides; the old database stays as it is."
        ),
        (
            "请先停机器人。不带 --to：先备份，再把表结构升级到本程序的版本。"
            "带 --to：全部数据迁到一个空数据库，要么全部成功、要么不动，"
            "并逐表核对两边的摘要；原数据库不变。"
        ),
    ),
    "migrate_to": (
        "address of an empty database, such as postgresql://user:password@host/xunchaqun",
        "空数据库的地址，如 postgresql://用户:密码@主机/xunchaqun",
    ),
    "unescaped_database": ("{given}: " + _UNESCAPED[0], "{given}：" + _UNESCAPED[1]),
    "wrong_url_database": (
        "this is no address of a database: {given}; such as postgresql://user:password@host/name",
        "不是数据库地址：{given}；应如 postgresql://用户:密码@主机/库名",
    ),
    "unknown_option_database": (
        "PostgreSQL knows no option “{given}” of an address",
        "PostgreSQL 的地址没有“{given}”这个参数",
    ),
    "wrong_option_database": (
        "PostgreSQL does not take an option of the address: {given}",
        "PostgreSQL 不接受地址里的参数值：{given}",
    ),
    "new_bot": (
        "let the token's bot take over a city that was another bot's; for one start only",
        "让令牌对应的机器人接管原属另一个机器人的城市；只在换机器人后的第一次启动时用",
    ),
    "drop_webhook": (
        "poll although another program has the updates brought to it: take its webhook away",
        "另一个程序设的 webhook 还开着时，把它关掉，改用轮询",
    ),
    # what they say
    "database_current": (
        "the database is up to date, nothing to do",
        "数据库已是最新，无需升级",
    ),
    "database_upgraded": ("the database is up to date now", "数据库已升级到最新"),
    "database_copied": ("a copy of before is at {file}", "升级前的备份在 {file}"),
    "moving": ("moving rows", "迁移数据"),
    "moved_table": ("{table}: {rows} rows, sha256 {sha256}", "{table}：{rows} 行，sha256 {sha256}"),
    "moved": (
        (
            "moved {rows} rows to {address}, equal on both sides.\n"
            "Set database.url (or XUNCHAQUN_DATABASE_URL) to it; photos stay in the data folder."
            " Until then the bot does not start."
        ),
        (
            "已迁移 {rows} 行到 {address}，两边一致。\n"
            "请把 database.url（或 XUNCHAQUN_DATABASE_URL）改成它；照片仍在数据目录。"
            "改好之前机器人不会启动。"
        ),
    ),
    # errors
    "city_moved": (
        (
            "this city was moved to {detail}, and here it stands still. Set database.url (or"
            " XUNCHAQUN_DATABASE_URL) to that, password and all. To use this database all the same,"
            " delete the file moved.json in the data folder."
        ),
        (
            "本市的数据已迁到 {detail}，这里的不再更新。请把 database.url（或"
            " XUNCHAQUN_DATABASE_URL）改成它，并写上密码。若仍要用这个数据库，"
            "请删去数据文件夹里的 moved.json。"
        ),
    ),
    "city_taken": (
        (
            "the bot already runs on this database (process {detail}). One SQLite file serves one"
            " process: stop that one, or move to PostgreSQL with xunchaqun migrate --to."
        ),
        (
            "已有机器人在用这个数据库运行（进程 {detail}）。一个 SQLite 文件只供一个进程使用："
            "请先停掉它，或用 xunchaqun migrate --to 迁到 PostgreSQL。"
        ),
    ),
    "city_in_use": (
        "the bot runs on this database ({detail}); stop it first, then try again.",
        "机器人正在用这个数据库运行（{detail}），请先停掉再试。",
    ),
    "poller_taken": (
        (
            "another program already polls with this bot's token, so this one leaves."
            " Stop the other one first; if you cannot find it, get a new token from @BotFather."
        ),
        (
            "已有另一个程序在用这个机器人的令牌收消息，本程序退出。"
            "请先停掉那一个；找不到的话，向 @BotFather 换一个新令牌。"
        ),
    ),
    "webhook_taken": (
        (
            "this bot's updates are brought to another program, by a webhook at {detail}, so this"
            " one, which polls, leaves. If nobody uses that any more, start once with:"
            " xunchaqun run --drop-webhook"
        ),
        (
            "这个机器人的消息正由 webhook 送到另一个程序（{detail}），本程序用轮询，退出。"
            "如果那边已不再使用，请用 xunchaqun run --drop-webhook 启动一次。"
        ),
    ),
    "other_bot": (
        (
            "this token is another bot's: the city is that of bot {detail} (the number before a"
            " token's colon). Give the token of that one. If the office really has a new bot, stop"
            " whatever runs with the old one and start once with: xunchaqun run --new-bot"
        ),
        (
            "这个令牌是另一个机器人的：本市由机器人 {detail} 服务（即令牌冒号前的数字）。"
            "请改用它的令牌。如果确实换了机器人，请停掉还在用旧机器人的程序，"
            "再用 xunchaqun run --new-bot 启动一次。"
        ),
    ),
    "target_not_empty": (
        "the database {detail} is not empty; name a new one, nothing was changed.",
        "数据库 {detail} 不是空的，请换一个新库；未作任何改动。",
    ),
    "same_database": (
        "{detail} is the database of the city itself; name another, empty one.",
        "{detail} 就是本市现在的数据库，请另给一个空库。",
    ),
    "encoding_unfit": (
        (
            "the database cannot hold Chinese ({detail}); nothing was changed. Make one in UTF8:"
            " createdb -T template0 -E UTF8 NAME"
        ),
        (
            "这个数据库存不了中文（{detail}），未作任何改动。"
            "请建一个 UTF8 的库：createdb -T template0 -E UTF8 库名"
        ),
    ),
    "database_away": (
        (
            "PostgreSQL cannot be reached, or went away: {detail}. See that it runs, and that host,"
            " port and options are right in the address (database.url)."
        ),
        (
            "连不上 PostgreSQL，或连接中断：{detail}。"
            "请看它是否在运行，再核对地址（database.url）里的主机、端口和参数。"
        ),
    ),
    "database_login": (
        (
            "PostgreSQL does not let this user in: {detail}. Correct user and password in the"
            " address (database.url), or let the user in on the server (CREATE ROLE, ALTER ROLE,"
            " pg_hba.conf)."
        ),
        (
            "PostgreSQL 拒绝登录：{detail}。请改正地址（database.url）里的用户和密码，"
            "或在服务器上放行该用户（CREATE ROLE、ALTER ROLE、pg_hba.conf）。"
        ),
    ),
    "database_absent": (
        (
            "PostgreSQL has no such database: {detail}. Correct its name in the address"
            " (database.url), or make it: createdb -T template0 -E UTF8 NAME"
        ),
        (
            "PostgreSQL 上没有这个库：{detail}。请改正地址（database.url）里的库名，"
            "或建一个：createdb -T template0 -E UTF8 库名"
        ),
    ),
    "database_crowded": (
        (
            "PostgreSQL has no connection left: {detail}. End what holds them, or allow more (ALTER"
            " ROLE … CONNECTION LIMIT, max_connections): each process of the bot takes 3, with"
            " web.metrics up to 7, and a tool beside it 2."
        ),
        (
            "PostgreSQL 的连接用完了：{detail}。请结束占用连接的程序，或放宽限额（ALTER ROLE …"
            " CONNECTION LIMIT、max_connections）：机器人每个进程用 3 个，"
            "有 web.metrics 时最多 7 个，工具另用 2 个。"
        ),
    ),
    "database_empty": (
        (
            "the database {detail} is empty: xunchaqun restore or xunchaqun migrate --to puts a"
            " city into it, xunchaqun run begins a new one."
        ),
        (
            "数据库 {detail} 是空的：已有数据请用 xunchaqun restore 或 xunchaqun migrate --to"
            " 放进来；运行 xunchaqun run 则从头开始。"
        ),
    ),
    "database_older": (
        (
            "the database is older than the program (revision {detail}); xunchaqun migrate brings"
            " it up to date, after a copy."
        ),
        "数据库比程序旧（版本 {detail}）；请运行 xunchaqun migrate，会先备份再升级。",
    ),
    "nothing_to_move": (
        "there are no tables of the bot in {detail}; xunchaqun run makes them.",
        "{detail} 里没有机器人的表，运行一次 xunchaqun run 就会建立。",
    ),
}
