"""The sentences for the faults of a configuration, English and Chinese; `{…}` are their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from messages.text_faults import TEXT_FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_A_FILE: Mapping[str, tuple[str, str]] = {
    "unreadable": ("this file cannot be read: {detail}", "读不了这个文件：{detail}"),
    "encoding": (
        "the file is not UTF-8 text; save it as UTF-8",
        "文件不是 UTF-8 编码，请另存为 UTF-8",
    ),
    "is_folder": ("this is a folder; a file is wanted", "这是文件夹，应为文件"),
    "not_allowed": (
        "this account may not read the file; look at its owner and its rights",
        "本账户无权读这个文件，请检查它的所有者和权限",
    ),
}
"""Why a file cannot be read; behind `named_` with the file's name in front."""
PROBLEMS: Mapping[str, tuple[str, str]] = {
    **TEXT_FAULTS,
    # the file
    "no_file": (
        "there is no such file; copy config.example.toml to begin",
        "没有这个文件；可复制 config.example.toml 开始填写",
    ),
    **_OF_A_FILE,
    **{
        f"named_{code}": (f"{{given}}: {en}", f"{{given}}：{zh}")
        for code, (en, zh) in _OF_A_FILE.items()
    },
    "no_folder": (
        "{given} is a file, or lies in one; a folder is wanted",
        "{given} 是文件，或在某个文件之下；应为文件夹",
    ),
    "syntax": ("this is not TOML: {detail}", "不合 TOML 格式：{detail}"),
    "too_deep": (
        "brackets stand inside brackets too many times over",
        "括号套括号，层数太多",
    ),
    # keys and values
    "unknown_key": ("there is no key “{given}” here", "这里没有“{given}”这一项"),
    "unknown_variable": ("no setting has this name", "没有叫这个名字的设置"),
    "missing": ("“{key}” is missing", "缺少“{key}”"),
    "empty": ("it must not be empty", "不能为空"),
    "wrong_type": ("{expected} is wanted, not {given}", "应为{expected}，而不是 {given}"),
    "not_choice": ("“{given}” is none of: {choices}", "“{given}”不在可选范围内：{choices}"),
    "too_small": ("{given} is too small; at least {least}", "{given} 太小，至少 {least}"),
    "too_large": ("{given} is too large; at most {most}", "{given} 太大，最多 {most}"),
    "wrong_time": (
        '“{given}” is no clock time such as "17:00"',
        '“{given}”不是钟点，应写成 "17:00"',
    ),
    "wrong_duration": (
        '“{given}” is no length of time such as "60 s", "5 min", "2 h", "3 d"',
        '“{given}”不是时长，应写成 "60 s"、"5 min"、"2 h"、"3 d"',
    ),
    "wrong_date": (
        "“{given}” is no date such as 2026-10-01",
        "“{given}”不是日期，应写成 2026-10-01",
    ),
    "wrong_shift": (
        '“{given}” are no working hours such as "08:00-12:00"',
        '“{given}”不是上班时段，应写成 "08:00-12:00"',
    ),
    "wrong_url": ("this is no address such as {example}", "这不是网址，应写成 {example}"),
    "unescaped": (
        (
            "in the user name and the password of an address write @ as %40, / as %2F, ? as %3F,"
            " # as %23, [ as %5B, ] as %5D and % as %25"
        ),
        (
            "网址里的用户名和密码中，@ 要写成 %40，/ 写成 %2F，? 写成 %3F，# 写成 %23，"
            "[ 写成 %5B，] 写成 %5D，% 写成 %25"
        ),
    ),
    "odd_address": (
        "a space, {{, }} or the like stands in no address; write it as %…, such as %20",
        "网址里不能有空格、{{、}}、汉字等字符，要写成 %…，如空格写成 %20",
    ),
    "unknown_option": (
        "PostgreSQL knows no option “{given}” of an address",
        "PostgreSQL 的地址没有“{given}”这个参数",
    ),
    "wrong_option": (
        "PostgreSQL does not take an option of the address: {given}",
        "PostgreSQL 不接受地址里的参数值：{given}",
    ),
    "wrong_listen": (
        "“{given}” is no address to listen at, such as 127.0.0.1:8080",
        "“{given}”不是监听地址，应写成 127.0.0.1:8080",
    ),
    "wrong_webhook": (
        "Telegram brings updates only to https:// and to the ports 443, 80, 88 and 8443",
        "Telegram 只向 https:// 网址送更新，端口限 443、80、88、8443",
    ),
    "wrong_secret": (
        "a secret has 1 to 256 letters, digits, _ or -",
        "密钥只能用字母、数字、_ 和 -，1 到 256 个",
    ),
    "needs_key": ("this needs “{key}” as well", "用它还要填“{key}”"),
    "wrong_timezone": (
        "“{given}” is no time zone such as Asia/Shanghai",
        "“{given}”不是时区，应写成 Asia/Shanghai",
    ),
    "wrong_username": (
        "“{given}” is no Telegram username (letters, digits, _, 4 to 32 characters)",
        "“{given}”不是 Telegram 用户名（字母、数字、下划线，4 到 32 个字符）",
    ),
    "wrong_token": (
        "this is no bot token; BotFather gives one like 123456789:AA…",
        "这不是机器人令牌；BotFather 给的形如 123456789:AA…",
    ),
    "no_token": (
        "the bot token is missing; set XUNCHAQUN_TELEGRAM_TOKEN, or this key",
        "没有机器人令牌；请设环境变量 XUNCHAQUN_TELEGRAM_TOKEN，或填这一项",
    ),
    "no_path": ("there is no file or folder {given}", "找不到文件或文件夹 {given}"),
    "wrong_path": (
        "“{given}” can be no name of a file or folder",
        "“{given}”不能作文件或文件夹的名字",
    ),
    "no_font": (
        "{given} is no font that can be read (TTF, OTF, TTC, WOFF2)",
        "{given} 不是能用的字体文件（TTF、OTF、TTC、WOFF2）",
    ),
    "wrong_content": (
        "the file {given} is not as it should be: {detail}",
        "文件 {given} 内容有误：{detail}",
    ),
    # the category file
    "unknown_set": ("no word set is called “{given}”", "没有叫“{given}”的词组"),
    "unknown_group": ("no group has the code “{given}”", "没有代码为“{given}”的大类"),
    "unknown_item": ("no item has the code “{given}”", "没有代码为“{given}”的条目"),
    "leaf_without_words": (
        "“{given}” has neither faults nor keywords, so no words lead to it",
        "“{given}”既没有 faults 也没有 keywords，什么话都认不到它",
    ),
    "item_without_words": (
        "its item “{given}” has no words, so danger words beside it mean nothing",
        "所属条目“{given}”没有 words，危险词挨不着它",
    ),
    "wrong_span": (
        "“{given}” is no limit such as “3 紧急工作时”, “4 工作时”, “5 工作日”, “3 自然日”",
        "“{given}”不是时限，应写成“3 紧急工作时”“4 工作时”“5 工作日”“3 自然日”",
    ),
    "limit_and_stages": (
        "a leaf has either a limit or stages, not both",
        "limit 和 stages 只能写一样",
    ),
    "stages_order": (
        "stages come in this order, each at most once: {choices}",
        "阶段要按这个先后写，每样至多一次：{choices}",
    ),
    "stages_end": (
        "guarding cannot be the last stage; something must be repaired after it",
        "看护（guard）不能是最后一个阶段，后面还得修",
    ),
    "wrong_part_codes": (
        "“{given}” is no part code: 4 digits of the class, or 16 of one part",
        "“{given}”不是部件代码：大类小类共 4 位，单个部件 16 位",
    ),
    "wrong_event_codes": (
        "“{given}” is no event code of 4 digits",
        "“{given}”不是事件代码：大类小类共 4 位",
    ),
    # groups, companies, grids
    "none_given": ("at least one [[{key}]] is needed", "至少要有一个 [[{key}]]"),
    "double": ("“{given}” stands here and at {other}", "“{given}”重复，已见于 {other}"),
    "unknown_chat": (
        "no [[groups]] entry has the number {given}",
        "[[groups]] 里没有群号 {given}",
    ),
    "no_patrol_group": (
        'at least one group must be a patrol group, without kind = "managers"',
        '至少要有一个巡查群，即不写 kind = "managers" 的群',
    ),
    "unknown_company": ("no company has the key “{given}”", "没有键为“{given}”的公司"),
    "company_without_manager": (
        "the company “{given}” has no manager among the people",
        "公司“{given}”在人员里没有经理（manager）",
    ),
    # people
    "two_keys": (
        "“{given}” stands on both sides (see {other}); one person must never turn both keys",
        "“{given}”既在巡查方又在维修方（见 {other}）；同一人不得两把钥匙都能转",
    ),
    "no_supervisor": (
        "nobody is a supervisor, so nobody could decide limits and promises",
        "没有督查（supervisor），限时和承诺就没人能批",
    ),
    "officer_without": ("an officer needs “{key}”", "巡查队员必须有“{key}”"),
    "repairer_without_company": (
        "someone of the repair side needs a company",
        "维修方的人必须有公司（company）",
    ),
    "patrol_with_company": (
        "only the repair side has a company; this person is {role}",
        "只有维修方才有公司；此人是 {role}",
    ),
    "only_officers": (
        "only officers have “{key}”; this person is {role}",
        "只有巡查队员才有“{key}”；此人是 {role}",
    ),
    "unknown_grid": ("there is no grid {given}", "没有 {given} 号网格"),
    "unknown_pair": (
        "nobody of the roster has the username “{given}”",
        "名册里没有用户名“{given}”",
    ),
    "pair_not_repairer": (
        "“{given}” is {role}, not a repairer",
        "“{given}”是 {role}，不是维修队员（repairer）",
    ),
    "pair_other_company": (
        "“{given}” works for {company}, but grid {grid} is served by {serving}",
        "“{given}”是 {company} 的人，而 {grid} 号网格归 {serving} 维修",
    ),
    # rules
    "not_ascending": ("these must go up: {given}", "应由小到大：{given}"),
    "not_below": ("{given} must be less than {key} ({other})", "{given} 必须小于 {key}（{other}）"),
    "not_above": (
        "{given} must not be less than {key} ({other})",
        "{given} 不能小于 {key}（{other}）",
    ),
    "not_as_many": (
        "{given} given, but {key} has {other}: each has one of its own",
        "写了 {given} 个，而 {key} 有 {other} 个，应一一对应",
    ),
    "not_so_many": ("{other} are wanted, {given} given", "应为 {other} 个，写了 {given} 个"),
    "empty_shift": (
        "{given} ends where it begins, or before",
        "{given} 的结束不晚于开始",
    ),
    "shifts_overlap": (
        "{given} begins before {other} has ended",
        "{given} 开始时 {other} 还没有结束",
    ),
    # the working calendar
    "year_not_name": (
        "the file is called {given}, but its year is {year}",
        "文件名是 {given}，里面的年份却是 {year}",
    ),
    "not_in_year": ("{given} is not a day of {year}", "{given} 不在 {year} 年"),
    "no_weekend": (
        "{given} is a weekday; only Saturdays and Sundays can be make-up days",
        "{given} 不是周末，调休上班只写周六、周日",
    ),
    "same": ("it must differ from {key}", "不能与 {key} 相同"),
}

EXPECTED: Mapping[str, tuple[str, str]] = {
    "text": ("a text in quotes", "带引号的文字"),
    "number": ("a whole number", "整数"),
    "yes_no": ("true or false", "true 或 false"),
    "list": ("a list in [ ]", "方括号列表 [ ]"),
    "texts": ("a list of texts in [ ]", "方括号列表 [ ]，每项是带引号的文字"),
    "table": ("a table of keys", "一组键值"),
    "tables": ("a list of tables, written as [[…]]", "若干 [[…]] 段"),
}
