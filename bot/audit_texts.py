"""The words of `xunchaqun audit`, English and Chinese: what was found, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

AUDIT_TEXTS: Mapping[str, tuple[str, str]] = {
    "audit": (
        "look for damage: late reminders, stuck messages, photos, histories, cards",
        "自检：到点没办的提醒、卡住的消息、照片、履历、卡片",
    ),
    "audit_more": (
        (
            "Works beside a running bot and changes nothing. The running bot looks every"
            " minute, mends what can be derived and tells the supervisors of the rest; this"
            " command looks at everything at once."
        ),
        (
            "机器人运行时也可以用，不改动任何东西。运行中的机器人每分钟自检，能补救的自动补"
            "救，其余告知督查；本命令一次全部查完。"
        ),
    ),
    "audit_repair": (
        "mend what can be derived from what is known; for a bot that does not run",
        "能补救的立即补救；机器人没在运行时用",
    ),
    "audit_walk": (
        "looking at cases, photos and files",
        "核对案件、照片和文件",
    ),
    "audit_remedy": (
        "  → {remedy}",
        "  → {remedy}",
    ),
    "audit_repaired": (
        "  mended: {count}",
        "  已补救 {count} 处",
    ),
    "audit_good": (
        "looked at cases: {cases}, photos: {photos}; all is as it must be",
        "已核对案件 {cases} 件、照片 {photos} 张，一切正常",
    ),
    "audit_bad": (
        "looked at cases: {cases}, photos: {photos}; findings: {count}, mended: {mended}",
        "已核对案件 {cases} 件、照片 {photos} 张，发现 {count} 处不对，已补救 {mended} 处",
    ),
    "heard_gap": (
        (
            "nothing came from Telegram from {since} to {until}: what was posted then may"
            " be lost; ask the group to post it again"
        ),
        (
            "{since} 到 {until} 没有收到 Telegram 的消息，其间发的照片可能没有收到，请通知"
            "群里再发一次"
        ),
    ),
    "heard_long_ago": (
        (
            "nothing has come from Telegram since {since}; it keeps messages for 24 hours"
            " only: start the bot, or see to its network"
        ),
        (
            "从 {since} 起没有收到 Telegram 的消息，Telegram 只保留 24 小时：请启动机器人，"
            "或检查网络"
        ),
    ),
    "heard": (
        "Telegram was heard last at {since}",
        "最近一次收到 Telegram 回应：{since}",
    ),
    "audit-due-late": (
        "{name} fell due and was not done",
        "{name} 到点没办",
    ),
    "remedy-due-late": (
        (
            "Is the bot running? Start it: xunchaqun run. If it runs, look at its log and"
            " start it again."
        ),
        "机器人在运行吗？没有就启动：xunchaqun run；在运行就查日志并重启。",
    ),
    "audit-due-missing": (
        "{name}: reminders of its limits are missing",
        "{name}：缺时限提醒",
    ),
    "remedy-due-missing": (
        "The running bot plans them again by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动补排；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-due-shifted": (
        "{name}: reminders stand at a wrong time, or count as done before it",
        "{name}：提醒时间不对，或没到时间就记为已办",
    ),
    "remedy-due-shifted": (
        "The running bot sets them right by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动改正；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-due-failed": (
        "{name} was given up, because the program failed over it",
        "{name} 办理时程序出错，没有办成",
    ),
    "remedy-due-failed": (
        "Look for due.failed in the log and report it; see to the case yourself.",
        "在日志里找 due.failed 并上报；这件事请人工处理。",
    ),
    "audit-daily-missing": (
        "nothing is planned for the daily task {name}",
        "每日任务 {name} 没有排上",
    ),
    "remedy-daily-missing": (
        "The running bot plans it again by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动补排；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-outbox-stuck": (
        "{name} should have gone out and waits",
        "{name} 该发没发",
    ),
    "remedy-outbox-stuck": (
        "Is the bot running, and Telegram within reach? See: xunchaqun doctor.",
        "机器人在运行吗？Telegram 连得上吗？请运行 xunchaqun doctor。",
    ),
    "audit-outbox-far": (
        "{name} is put off for days",
        "{name} 的发送时间被排到几天以后",
    ),
    "remedy-outbox-far": (
        "The running bot sends it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动补发；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-outbox-orphan": (
        "{name} was being sent, and nobody sends it any more",
        "{name} 发到一半没了下文",
    ),
    "remedy-outbox-orphan": (
        "The running bot settles it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动处理；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-outbox-dead": (
        "{name} was refused for good: nobody has read it",
        "{name} 发不出去，没有人看到",
    ),
    "remedy-outbox-dead": (
        "Look for the row's note in the log, and tell the people yourself.",
        "看日志里的原因，并人工通知相关人员。",
    ),
    "audit-card-missing": (
        "{name}: the open case has no card",
        "{name}：案件没有卡片",
    ),
    "remedy-card-missing": (
        "The running bot posts one by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动补发；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-card-stale": (
        "{name}: the card tells of an earlier state",
        "{name}：卡片没有更新",
    ),
    "remedy-card-stale": (
        "The running bot edits it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动更新；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-card-link": (
        "{name}: a reply to the card does not reach the case",
        "{name}：回复卡片认不出案件",
    ),
    "remedy-card-link": (
        "The running bot links it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动补上；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-card-other": (
        "{name}: there are two cards, and the older one is kept up to date",
        "{name}：有两张卡片，在更新的是旧的一张",
    ),
    "remedy-card-other": (
        "The running bot takes the newest by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动改用新的；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-sheet-missing": (
        "{name}: waits for its check without a sheet",
        "{name}：待查验，但没有发对比图",
    ),
    "remedy-sheet-missing": (
        "The running bot posts it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动补发；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-photo-missing": (
        "{name}: an original photo is missing",
        "{name}：照片原件丢失",
    ),
    "remedy-photo-missing": (
        (
            "The running bot fetches it from Telegram once more. If that fails: put it back"
            " from a backup, or have it posted again."
        ),
        "运行中的机器人会向 Telegram 再取一次；取不到请从备份恢复，或请人补发。",
    ),
    "audit-photo-altered": (
        "{name}: an original photo was changed",
        "{name}：照片原件被改动",
    ),
    "remedy-photo-altered": (
        (
            "The running bot fetches it from Telegram once more. If that fails: put it back"
            " from a backup, and look at the disk."
        ),
        "运行中的机器人会向 Telegram 再取一次；取不到请从备份恢复，并检查磁盘。",
    ),
    "audit-photo-lost": (
        "{name}: it counts more photos than it has",
        "{name}：照片少了，与案件所记张数不符",
    ),
    "remedy-photo-lost": (
        "Somebody changed the database. Compare with a backup, and find out who has access.",
        "有人改过数据库。请与备份核对，并查明谁有权限。",
    ),
    "audit-photo-link": (
        "{name}: a reply to one of its photos does not reach the case",
        "{name}：回复照片认不出案件",
    ),
    "remedy-photo-link": (
        "The running bot links it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动补上；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-photo-stuck": (
        "{name} was never fetched",
        "{name} 迟迟没有取回",
    ),
    "remedy-photo-stuck": (
        "Is the bot running, and Telegram within reach? See: xunchaqun doctor.",
        "机器人在运行吗？Telegram 连得上吗？请运行 xunchaqun doctor。",
    ),
    "audit-file-stray": (
        "{name}: no photo has this file",
        "{name}：没有照片用到这个文件",
    ),
    "remedy-file-stray": (
        "It does no harm. If nobody knows it, it may be deleted from the folder of photos.",
        "不影响使用。没有人认得的话，可以从照片目录删除。",
    ),
    "audit-file-part": (
        "{name}: a file was begun and left",
        "{name}：没有写完的文件",
    ),
    "remedy-file-part": (
        "The running bot removes it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动清理；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-chain-broken": (
        "{name}: the history does not fit from row {seq} on",
        "{name}：履历从第 {seq} 条起对不上",
    ),
    "remedy-chain-broken": (
        "Somebody changed the database. Compare with a backup, and find out who has access.",
        "有人改过数据库。请与备份核对，并查明谁有权限。",
    ),
    "audit-status-unlike": (
        "{name}: its state is not the one its history leads to",
        "{name}：状态与履历不符",
    ),
    "remedy-status-unlike": (
        "Somebody changed the database. Compare with a backup, and find out who has access.",
        "有人改过数据库。请与备份核对，并查明谁有权限。",
    ),
    "audit-case-unlike": (
        "{name}: what its row says is not what its history tells ({what})",
        "{name}：案件内容与履历不符（{what}）",
    ),
    "remedy-case-unlike": (
        "Somebody changed the database. Compare with a backup, and find out who has access.",
        "有人改过数据库。请与备份核对，并查明谁有权限。",
    ),
    "audit-ledger-unlike": (
        "{name}: its clock ledger has a gap, or its limit is not the one the case has",
        "{name}：时限台账缺行，或时限与案件不符",
    ),
    "remedy-ledger-unlike": (
        "Somebody changed the database. Compare with a backup, and find out who has access.",
        "有人改过数据库。请与备份核对，并查明谁有权限。",
    ),
    "audit-row-stray": (
        "{name} names a case that does not exist",
        "{name} 所指的案件不存在",
    ),
    "remedy-row-stray": (
        "The database is damaged. Stop the bot and restore a backup: xunchaqun restore.",
        "数据库已损坏。请停下机器人，从备份恢复：xunchaqun restore。",
    ),
    "audit-counter-low": (
        "the counter {name} would give a number twice",
        "计数 {name} 偏小，会重号",
    ),
    "remedy-counter-low": (
        "The running bot raises it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动调高；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-undo-left": (
        "{name}: an undo does not end",
        "{name}：撤销记录没有作废",
    ),
    "remedy-undo-left": (
        "The running bot drops it by itself; without it: xunchaqun audit --repair.",
        "运行中的机器人会自动清除；没在运行就用 xunchaqun audit --repair。",
    ),
    "audit-bound-twice": (
        "{name}: two accounts of one person, or one private chat of two",
        "{name}：一人两个账号，或两人同一私聊",
    ),
    "remedy-bound-twice": (
        ("Ask the people which account is theirs, and take the other row out of the table people."),
        "请本人确认账号，再从 people 表删去另一行。",
    ),
    "audit-look-failed": (
        "the running bot could not read everything ({name})",
        "运行中的自检没有做完（{name}）",
    ),
    "remedy-look-failed": (
        "Look for audit.failed in its log.",
        "在日志里找 audit.failed。",
    ),
    "audit-quarantine": (
        "{name} could not be handled",
        "{name} 处理失败",
    ),
    "remedy-quarantine": (
        "Look at it: xunchaqun quarantine list; handle it again: xunchaqun quarantine replay.",
        "查看：xunchaqun quarantine list；重新处理：xunchaqun quarantine replay。",
    ),
}
