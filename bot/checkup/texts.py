"""The words of `xunchaqun doctor`, English and Chinese: what was found, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCTOR_TEXTS: Mapping[str, tuple[str, str]] = {
    "doctor": (
        "look whether all is in order: configuration, files, database, disk, clock, Telegram",
        "体检：配置、文件、数据库、磁盘、时钟、Telegram",
    ),
    "doctor_more": (
        (
            "Changes nothing, and may run beside the bot. ✓ is good, ! wants a look, ✗ must be"
            " mended; the exit code is 1 if there is any ✗, else 0."
        ),
        (
            "不改动任何东西，机器人运行时也可用。✓ 正常，! 请留意，✗ 必须处理；"
            "有 ✗ 时退出码为 1，否则为 0。"
        ),
    ),
    "doctor_config": (
        "configuration {file}: people {people}, grids {grids}",
        "配置 {file}：{people} 人，{grids} 个网格",
    ),
    "doctor_wrong": ("{detail}", "{detail}"),
    "doctor_zone": ("time zone {zone}: there it is {now}", "时区 {zone}：当地时间 {now}"),
    "doctor_categories": ("categories", "类别文件"),
    "doctor_words": ("words that act", "口令文件"),
    "doctor_texts": ("texts", "文案"),
    "doctor_calendar": ("working calendar: {years}", "工作日历：{years}"),
    "doctor_no_year": (
        (
            "the working calendar has no {year}: its weekdays count as working days, holidays"
            " or not. Write {file}: xunchaqun calendar update --year {year}"
        ),
        (
            "工作日历缺 {year} 年，暂按周一至周五上班算，不扣放假。"
            "请补 {file}：xunchaqun calendar update --year {year}"
        ),
    ),
    "doctor_font": ("font {file}", "字体 {file}"),
    "doctor_database": ("database: reachable and up to date", "数据库：能连上，版本最新"),
    "doctor_sound": ("database: its pages fit together", "数据库：文件完好"),
    "doctor_not_looked_over": (
        (
            "the database is longer than {most} GB: it was not looked through for damage;"
            " xunchaqun backup does so while it copies"
        ),
        "数据库超过 {most} GB，没有逐页检查；xunchaqun backup 备份时会检查",
    ),
    "doctor_database_older": (
        "the database is older than the program; xunchaqun run upgrades it, after a copy",
        "数据库比程序旧；运行 xunchaqun run 会先备份再升级",
    ),
    "doctor_database_failed": (
        "the database cannot be used: {detail}. See that it runs, and look at database.url",
        "数据库用不了：{detail}。请看它开没开，再核对 database.url",
    ),
    "doctor_data": ("data folder {folder}: can be written to", "数据文件夹 {folder}：可以写入"),
    "doctor_no_folder": (
        "{detail} is no folder; move it away, or name another folder in data",
        "{detail} 不是文件夹；请移走它，或在 data 换一个",
    ),
    "doctor_disk_refuses": (
        (
            "nothing can be written to {detail}, though {user} may: its disk is full or mounted"
            " read-only; see df and mount"
        ),
        "{detail} 写不进去，但 {user} 有权限：磁盘满了，或以只读方式挂载；请看 df 和 mount",
    ),
    "doctor_forbidden": (
        (
            "{detail} belongs to {owner}, and this runs as {user}, who may not use it. Call the"
            " doctor as the user that runs the bot; if that is {user}: {command}"
        ),
        (
            "{detail} 属于 {owner}，当前用户 {user} 用不了。"
            "请用运行机器人的用户来体检；如果就是 {user}：{command}"
        ),
    ),
    "doctor_not_owned": (
        (
            "{detail} belongs to {owner}, the folder to {user}: a bot that runs as {user} cannot"
            " use it. Give it to {user}: {command}"
        ),
        (
            "{detail} 属于 {owner}，而所在文件夹属于 {user}：以 {user} 运行的机器人用不了它。"
            "请执行：{command}"
        ),
    ),
    "doctor_photos_left_out": (
        (
            "there are more than {most} photos and folders in {folder}: whom the others belong to"
            " was not looked at. To find what is not {user}'s: find {folder} ! -user {user}"
        ),
        (
            "{folder} 里的照片和文件夹超过 {most} 个，其余的没有检查归谁所有。"
            "要找出不属于 {user} 的：find {folder} ! -user {user}"
        ),
    ),
    "doctor_disk": ("disk: {free} GB free", "磁盘：剩余 {free} GB"),
    "doctor_disk_full": (
        "only {free} GB of the disk are free; make room, photos need it",
        "磁盘只剩 {free} GB；请腾出空间，照片要用",
    ),
    "doctor_good": ("Nothing must be mended.", "没有必须处理的问题。"),
    "doctor_bad": ("To be mended: {count}.", "必须处理 {count} 处。"),
    "offline": (
        "do not ask Telegram; look only at this machine and the database",
        "不联网，只看本机和数据库",
    ),
    "doctor_sqlite": (
        "SQLite {version}: WAL, FULL, references held",
        "SQLite {version}：WAL、FULL、外键均已启用",
    ),
    "doctor_no_wal": (
        (
            "SQLite {version} keeps the database in journal mode {journal}; xunchaqun run sets WAL."
            " If it stays so, the data folder lies on a network disk: move it to a local one."
        ),
        (
            "SQLite {version} 的日志模式是 {journal}；运行 xunchaqun run 会改为 WAL。"
            "若仍不变，说明数据文件夹在网络盘上，请移到本地磁盘。"
        ),
    ),
    "doctor_unsafe": (
        (
            "this SQLite {version} ignores synchronous=FULL or foreign keys: a power cut could lose"
            " cases. Use the Python of your system or of python.org."
        ),
        (
            "这个 SQLite {version} 不支持 synchronous=FULL 或外键，断电可能丢案件。"
            "请改用系统自带或 python.org 的 Python。"
        ),
    ),
    "doctor_postgresql": (
        "PostgreSQL {version}, encoding {encoding}",
        "PostgreSQL {version}，编码 {encoding}",
    ),
    "doctor_postgresql_old": (
        "PostgreSQL {version} is no longer mended by its makers; upgrade to 13 or newer.",
        "PostgreSQL {version} 已停止维护，请升级到 13 或更新版本。",
    ),
    "doctor_encoding": (
        (
            "the database's encoding is {encoding}, which cannot hold every word. Create it anew:"
            " CREATE DATABASE xunchaqun ENCODING 'UTF8' TEMPLATE template0"
        ),
        (
            "数据库编码是 {encoding}，存不下所有文字。请重建："
            "CREATE DATABASE xunchaqun ENCODING 'UTF8' TEMPLATE template0"
        ),
    ),
    "doctor_quarantine": (
        "updates in quarantine: {count}. See xunchaqun quarantine list",
        "隔离区有 {count} 条更新，请看 xunchaqun quarantine list",
    ),
    "doctor_findings": (
        "the auditor has found {count} thing(s) that are not right again. See xunchaqun audit",
        "自查发现 {count} 处问题尚未恢复，请看 xunchaqun audit",
    ),
    "doctor_rival": (
        (
            "another program polled with this bot's token at {at}: stop it. If you cannot find it,"
            " let @BotFather make a new token (/revoke)."
        ),
        (
            "{at} 有别的程序也在用这个令牌收消息，请停掉它；"
            "找不到的话，让 @BotFather 换一个新令牌（/revoke）。"
        ),
    ),
    "doctor_person_gone": (
        (
            "open cases in the name of {name}, who is not in the configuration (any more): {count}."
            " A supervisor hands them over (更多 → 转派)."
        ),
        "有 {count} 件未结案件归 {name}，配置里没有这个人（了）。请督查转派（更多 → 转派）。",
    ),
    "doctor_company_gone": (
        (
            "open cases of the company {name}, which is not in the configuration (any more):"
            " {count}. Put its key back, or let a supervisor hand them over (更多 → 转派)."
        ),
        (
            "有 {count} 件未结案件归公司 {name}，配置里没有这家公司（了）。"
            "请把它的 key 写回来，或请督查转派（更多 → 转派）。"
        ),
    ),
    "doctor_idle": (
        (
            "group {chat} has had no case for {days} days. If it is no longer used, take it out of"
            " the configuration; otherwise see whether the bot still gets its photos."
        ),
        (
            "群 {chat} 已有 {days} 天没有案件。不再用的话请从配置里删去；"
            "还在用的话，请看机器人收不收得到照片。"
        ),
    ),
    "doctor_backup": (
        "last backup: {days} day(s) ago, {file}",
        "最近一次备份：{days} 天前，{file}",
    ),
    "doctor_backup_old": (
        "the last backup is {days} days old ({file}). Make one: xunchaqun backup FILE",
        "最近一次备份已过 {days} 天（{file}）。请备份：xunchaqun backup FILE",
    ),
    "doctor_no_backup": (
        "no backup was made yet: xunchaqun backup FILE, best every night",
        "还没有备份过：xunchaqun backup FILE，最好每晚一次",
    ),
    "doctor_me": (
        "Telegram: the token is good, this is @{name}; answer in {ms} ms from {way}",
        "Telegram：令牌有效，机器人是 @{name}；{way} {ms} 毫秒应答",
    ),
    "doctor_slow": (
        (
            "Telegram: the token is good, this is @{name}; but {way} took {ms} ms to answer, and"
            " presses will feel dead. Try another network or telegram.proxy."
        ),
        (
            "Telegram：令牌有效，机器人是 @{name}；但 {way} 用了 {ms} 毫秒才应答，"
            "按钮会显得没反应。请换网络或 telegram.proxy。"
        ),
    ),
    "doctor_unreached": (
        (
            "Telegram cannot be reached at {way} ({detail}). See whether this machine is online;"
            " where Telegram is blocked, set telegram.proxy or telegram.api_base."
        ),
        (
            "连不上 {way}（{detail}）。请看本机能否上网；"
            "被封锁的网络请设 telegram.proxy 或 telegram.api_base。"
        ),
    ),
    "doctor_proxy_fails": (
        "Telegram cannot be reached at {way} ({detail}). See that the proxy runs: telegram.proxy",
        "连不上 {way}（{detail}）。请看代理是否在运行：telegram.proxy",
    ),
    "doctor_clock": (
        "clock: {seconds} s against Telegram's",
        "时钟：与 Telegram 相差 {seconds} 秒",
    ),
    "doctor_clock_off": (
        (
            "the clock is {seconds} s off Telegram's; limits and reminders go by it."
            " Let the machine set it: timedatectl set-ntp true"
        ),
        (
            "时钟与 Telegram 相差 {seconds} 秒，时限和提醒都以它为准。"
            "请打开自动对时：timedatectl set-ntp true"
        ),
    ),
    "doctor_webhook_on": (
        (
            "a webhook at {host} is on, so the bot's polls get nothing. Start xunchaqun run, which"
            " takes it away if this city has set it; if not, or if it comes back, another program"
            " uses this token (in use no more? xunchaqun run --drop-webhook)."
        ),
        (
            "webhook 还开着（{host}），轮询收不到消息。是本市自己设的，启动 xunchaqun run 会关掉；"
            "不是，或关掉又出现，说明别的程序也在用这个令牌"
            "（那边已不用：xunchaqun run --drop-webhook）。"
        ),
    ),
    "doctor_no_webhook": (
        "web.webhook is configured, but Telegram knows of none. xunchaqun run sets it.",
        "配置了 web.webhook，但 Telegram 那边没有。启动 xunchaqun run 会设好。",
    ),
    "doctor_webhook_elsewhere": (
        (
            "Telegram brings updates to {host}, not to web.webhook. xunchaqun run sets it; if it"
            " moves again, another program uses this token."
        ),
        (
            "Telegram 把消息送到 {host}，不是 web.webhook。启动 xunchaqun run 会改回；"
            "若又变了，说明别的程序也在用这个令牌。"
        ),
    ),
    "doctor_webhook_fails": (
        (
            "the webhook at {host} fails, {waiting} update(s) wait. Telegram says: {error}."
            " See that the bot runs, and look at the reverse proxy and its certificate."
        ),
        (
            "webhook {host} 投递失败，{waiting} 条在等。Telegram 说：{error}。"
            "请看机器人是否在运行，再查反向代理和证书。"
        ),
    ),
    "doctor_webhook": ("webhook at {host}: good", "webhook {host}：正常"),
    "doctor_group": (
        "group {chat} {title}: the bot is there and may do its work",
        "群 {chat} {title}：机器人在群里，权限齐全",
    ),
    "doctor_no_group": (
        (
            "Telegram knows no group {chat} with this bot in it. Put the bot in, and compare the"
            " number in [[groups]]: a supergroup's begins with -100."
        ),
        (
            "Telegram 那边没有机器人所在的群 {chat}。请把机器人拉进群，"
            "并核对 [[groups]] 里的群号：超级群以 -100 开头。"
        ),
    ),
    "doctor_kicked": (
        "the bot is no longer in group {chat}: put it in again and make it an admin",
        "机器人已不在群 {chat} 里，请重新拉进群并设为管理员",
    ),
    "doctor_muted": (
        "the bot may not write in group {chat} {title}: lift its restriction",
        "机器人在群 {chat} {title} 里被禁言，请解除",
    ),
    "doctor_no_admin": (
        (
            "the bot is no admin in group {chat} {title}: it cannot pin the board or answer one"
            " person alone. Make it an admin with the right to pin."
        ),
        (
            "机器人不是群 {chat} {title} 的管理员，不能置顶看板，也不能只回复一个人。"
            "请设为管理员，并给置顶权限。"
        ),
    ),
    "doctor_sees_nothing": (
        (
            "in group {chat} {title} the bot sees no photos: its privacy mode is on and it is no"
            " admin. Make it an admin; or /setprivacy → Disable at @BotFather, then put it in anew."
        ),
        (
            "机器人在群 {chat} {title} 看不到照片：隐私模式开着，又不是管理员。"
            "请设为管理员；或向 @BotFather 发 /setprivacy 选 Disable，再重新拉进群。"
        ),
    ),
    "doctor_no_pin": (
        "the bot may not pin in group {chat} {title}: the board stays unpinned. Give it the right.",
        "机器人在群 {chat} {title} 没有置顶权限，看板无法置顶，请给它。",
    ),
    "doctor_no_reaction": (
        "group {chat} {title} does not allow the reaction ✍: allow it in the group's settings",
        "群 {chat} {title} 不允许 ✍ 表情回应，请在群设置里放开",
    ),
    "doctor_privacy_off": (
        "privacy mode is off: the bot sees all messages of its groups",
        "隐私模式已关：机器人能看到群里所有消息",
    ),
    "doctor_privacy_on": (
        "privacy mode is on; as an admin the bot sees all messages all the same",
        "隐私模式开着；机器人是管理员，照样能看到所有消息",
    ),
}
