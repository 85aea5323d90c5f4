"""The words of the commands that look after a city, English and Chinese: backup, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CARE_TEXTS: Mapping[str, tuple[str, str]] = {
    # help
    "backup": (
        "write the whole city into one file, while the bot runs",
        "把全市数据备份成一个文件，机器人不用停",
    ),
    "backup_more": (
        (
            "Database, photos, configuration and its files, with checksums; without the token or"
            " any other secret. FILE must not exist yet; in a folder it is named by the date."
        ),
        (
            "包括数据库、照片、配置及其文件，附校验值；不含令牌等任何机密。"
            "FILE 不能是已有的文件；给的是文件夹，就按日期取名。"
        ),
    ),
    "backup_file": (
        "the file to write, such as city.zip, or a folder",
        "要写的文件，如 city.zip，或一个文件夹",
    ),
    "restore": (
        "put a backup back, whole or not at all",
        "用备份恢复，要么全部恢复，要么什么都不动",
    ),
    "restore_more": (
        (
            "Verifies every byte first. A configuration that is there stays and says where the"
            " city goes; otherwise it is restored, too. Never touches a city that a bot works on."
        ),
        (
            "先逐字节核对。已有配置文件的，保留原样，并按它决定恢复到哪里；没有的，连配置一起恢复。"
            "机器人正在运行的，绝不触碰。"
        ),
    ),
    "restore_file": ("the backup", "备份文件"),
    "dry_run": (
        "verify it and tell what would be done; change nothing",
        "只核对，并说明将要做什么；不改动任何东西",
    ),
    "overwrite": (
        "put it in the place of a city that is there; its database is kept in the backups folder",
        "替换已有的数据；原数据库会留在 backups 文件夹",
    ),
    # progress
    "backup_rows": ("reading the database", "读取数据库"),
    "backup_database": ("packing the database", "打包数据库"),
    "backup_photos": ("packing the photos", "打包照片"),
    "restore_verifying": ("verifying the backup", "核对备份"),
    "restore_photos": ("restoring the photos", "恢复照片"),
    "restore_rows": ("restoring the rows", "恢复数据"),
    "restore_database": ("restoring the database", "恢复数据库"),
    # results
    "backup_made": (
        "{file} is written: {size} MB, cases {cases}, photos {photos}.",
        "已写好 {file}：{size} MB，案件 {cases} 件，照片 {photos} 张。",
    ),
    "backup_left_out": (
        "Left out of the configuration, because secret: {keys}. Keep them elsewhere.",
        "配置中的机密没有备份：{keys}。请另行保管。",
    ),
    "backup_missing": (
        "photo {photo} is missing on the shelf and in this backup",
        "照片 {photo} 在照片库里已丢失，备份里也没有",
    ),
    "backup_altered": (
        "photo {photo} has been altered on the disk; it is not in this backup",
        "照片 {photo} 在磁盘上被改动过，没有备份",
    ),
    "restore_good": (
        "{file} is whole: {city}, backed up at {at}.",
        "{file} 完好：{city}，备份于 {at}。",
    ),
    "restore_would": ("Nothing was changed. This would be restored:", "没有改动。将会恢复："),
    "restore_done": ("Restored:", "已恢复："),
    "restore_to_database": (
        "  database {place}: cases {cases}, tables of revision {revision}",
        "  数据库 {place}：案件 {cases} 件，表结构版本 {revision}",
    ),
    "restore_to_photos": (
        "  photos in {folder}: {photos}, of them {new} new",
        "  照片 {folder}：{photos} 张，其中新增 {new} 张",
    ),
    "restore_to_file": ("  {file}", "  {file}"),
    "restore_config_stays": (
        "  {file} stays as it is; the backup holds the configuration of its day",
        "  {file} 保持不变；备份里另有当时的配置",
    ),
    "restore_aside": ("  the database of before: {file}", "  原来的数据库：{file}"),
    "restore_would_keep": (
        "  the database of before would be kept in {folder}",
        "  原来的数据库将留在 {folder}",
    ),
    "restore_photos_lost": (
        "Photos that were lost before the backup was made: {count}.",
        "备份之前就已丢失的照片：{count} 张。",
    ),
    "restore_secrets": (
        "Put in again what no backup holds: {keys} (in {file}, or in the environment).",
        "请重新填写备份里没有的机密：{keys}（写在 {file} 或环境变量里）。",
    ),
    "restore_in_file": (
        (
            "This was a city on PostgreSQL. No database is named, so all rows go into the SQLite"
            " file {place}, and nothing into PostgreSQL."
            " To have them there, name an empty database:"
            "\n  before: XUNCHAQUN_DATABASE_URL=postgresql://… xunchaqun restore …"
            "\n  or after: xunchaqun migrate --config {config} --to postgresql://…"
            "\nOnly then put database.url in; earlier, the bot would begin a new city."
        ),
        (
            "这原是 PostgreSQL 上的数据。没有指定数据库，所以数据全部放进 SQLite 文件 {place}，"
            "PostgreSQL 里什么也没有。要放进 PostgreSQL，请准备一个空库："
            "\n  恢复前：XUNCHAQUN_DATABASE_URL=postgresql://… xunchaqun restore …"
            "\n  或恢复后：xunchaqun migrate --config {config} --to postgresql://…"
            "\n做完再填 database.url；先填的话，机器人会从空库重新开始。"
        ),
    ),
    "restore_once": (
        (
            "Start it with the city's token only where nothing else runs with that any more: two"
            " copies would both remind people, and each would hear only a part. For a trial take a"
            " test bot's token: xunchaqun run --new-bot."
        ),
        (
            "原来的机器人确已停下，才能用本市的令牌启动这一份：两份同时运行会重复催办，消息也各收一部分。"
            "只是试用的话，请换测试机器人的令牌：xunchaqun run --new-bot。"
        ),
    ),
    "restore_next": (
        "Then: xunchaqun doctor --config {file} and xunchaqun run --config {file}",
        "然后运行：xunchaqun doctor --config {file}，再 xunchaqun run --config {file}",
    ),
    # failures
    "file_there": (
        "{detail} exists already; choose another name, or a folder.",
        "{detail} 已经存在，请换个名字，或给一个文件夹。",
    ),
    "backup_busy": (
        "another process is writing {detail}; let it finish.",
        "另一个进程正在写 {detail}，请等它写完。",
    ),
    "secret_stays": (
        (
            "cannot take every secret out of the configuration (changed: {detail}); write each"
            " value on a line of its own, and no secret into a comment."
        ),
        "配置里的机密无法全部去掉（改动了：{detail}）；请把每个值单独写一行，注释里不要写机密。",
    ),
    "not_a_backup": (
        "this is no backup of this program ({detail}); nothing of it was used.",
        "这不是本程序的备份（{detail}），没有使用其中任何内容。",
    ),
    "no_backup_file": (
        "there is no file {detail}; name the backup itself, such as city.zip.",
        "没有 {detail} 这个文件；请给出备份文件本身，如 city.zip。",
    ),
    "no_folder": (
        "there is no folder {detail}; make it first, or choose another one.",
        "没有 {detail} 这个文件夹，请先建好，或换一个。",
    ),
    "no_configuration": (
        (
            "the backup holds only the database, and there is no configuration {detail} to say"
            " where it goes; name that of the city with --config."
        ),
        (
            "这份备份只有数据库，而 {detail} 没有配置，不知道恢复到哪里；"
            "请用 --config 指明本市的配置文件。"
        ),
    ),
    "backup_damaged": (
        "the backup is cut off or damaged ({detail}); take another copy or an earlier one.",
        "备份不完整或已损坏（{detail}）；请换一份，或用更早的备份。",
    ),
    "backup_newer": (
        "a newer program has made the backup ({detail}); install that version first.",
        "备份出自更新版本的程序（{detail}），请先升级本程序。",
    ),
    "city_there": (
        (
            "there is a city already ({detail}); restore elsewhere with --config, or replace it"
            " with --overwrite, which keeps its database aside."
        ),
        ("已有数据（{detail}）；可用 --config 恢复到别处，或用 --overwrite 替换，原数据库会另存。"),
    ),
    "bot_running": (
        "a bot or another program works on {detail}; stop it first.",
        "机器人或别的程序正在使用 {detail}，请先停掉。",
    ),
    "no_room": (
        "the disk needs {detail} MB of room for this; make room first.",
        "磁盘需要 {detail} MB 空间，请先腾出来。",
    ),
    "database_damaged": (
        (
            "the database is damaged ({detail}). Stop the bot, keep a copy of the data folder, and"
            " restore the last good backup: xunchaqun restore."
        ),
        (
            "数据库已损坏（{detail}）。请停掉机器人，留存数据文件夹，再用最近的好备份恢复："
            "xunchaqun restore。"
        ),
    ),
    "database_moved": (
        (
            "the database {detail} was moved, deleted or replaced while the bot ran, so the bot"
            " stopped: what it took in would be lost. Put the file back that was there, or restore"
            " a backup (xunchaqun restore); then start again."
        ),
        (
            "机器人运行时，数据库 {detail} 被移走、删除或换掉了。为免收到的内容丢失，机器人已停下。"
            "请把原来的文件放回去，或用备份恢复（xunchaqun restore），再启动。"
        ),
    ),
    "city_lost": (
        (
            "the database {detail} is gone, though a bot has worked here. Put it back, or restore a"
            " backup (xunchaqun restore). To begin a new city instead, delete the file heartbeat"
            " in the data folder."
        ),
        (
            "数据库 {detail} 不见了，而机器人在这里工作过。请把它放回去，或用备份恢复"
            "（xunchaqun restore）。若要从零开始一个新的城市，请删去数据文件夹里的 heartbeat 文件。"
        ),
    ),
    "database_forbidden": (
        (
            "{detail} belongs to {owner}, and this runs as {user}, who may not write to it. Run it"
            " as the user that runs the bot; if that is {user}: {command}"
        ),
        (
            "{detail} 属于 {owner}，当前用户 {user} 不能写入。请用运行机器人的用户执行；"
            "如果就是 {user}：{command}"
        ),
    ),
    "copy_refused": (
        (
            "no copy can be written to {detail}: it belongs to {owner}, and this runs as {user}."
            " The database was left as it is. Run it as the user that runs the bot; if that is"
            " {user}: {command}"
        ),
        (
            "升级前的备份写不进 {detail}：它属于 {owner}，当前用户是 {user}。数据库没有改动。"
            "请用运行机器人的用户执行；如果就是 {user}：{command}"
        ),
    ),
    "rows_differ": (
        "the rows do not fit their tables ({detail}); nothing was changed.",
        "数据与表结构不符（{detail}），没有改动。",
    ),
}
