"""Photo updates as Telegram sends them: ten officers of the sample town, each with a caption.

Each of them sends a photo a minute: a busy morning, but not yet the flood of one person.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.config import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

MOMENT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
"""10:00 in the sample town, when the first photo comes."""
EVERY = 6
"""Seconds from one photo to the next."""
BATCH = 100
"""Updates in one answer of getUpdates under load; Telegram gives no more."""
CAPTIONS = (
    "金城路与鼓楼路口东侧 井盖破损 危险",
    "时风路东关市场门口 路沿石缺失",
    "朝阳街县医院对面 路灯不亮",
    "学府路汽车东站 人行道地砖松动",
    "兴业路国棉厂门口 路面坑槽",
    "西关街火车站广场 垃圾满溢",
    "和平街百货大楼 护栏倾斜",
    "黄河路体育场北门 雨水篦子堵塞",
    "健康路中医院 路名牌歪斜",
    "创业路科技园 行道树倒伏",
)

RawUpdate = dict[str, Any]


def each_photo(count: int) -> Iterator[RawUpdate]:
    """So many photo updates of the patrol group, one after the other."""
    group = sample().groups[0].chat
    return (_photo(number, group) for number in range(1, count + 1))


def photo_updates(count: int) -> list[RawUpdate]:
    """All of them at once."""
    return list(each_photo(count))


def batches(updates: list[RawUpdate], size: int = BATCH) -> list[list[RawUpdate]]:
    """The updates as the receiver gets them."""
    return [updates[at : at + size] for at in range(0, len(updates), size)]


def _photo(number: int, group: int) -> RawUpdate:
    officer = number % len(CAPTIONS)
    unique = f"AQADbench{number:08}"
    sizes = [("s", 90, 67), ("m", 320, 240), ("x", 800, 600), ("y", 1280, 960)]
    return {
        "update_id": 500_000_000 + number,
        "message": {
            "message_id": number,
            "date": int(MOMENT.timestamp()) + (number - 1) * EVERY,
            "chat": {"id": group, "type": "group", "title": "巡查群"},
            "from": {
                "id": 1001 + officer,
                "is_bot": False,
                "first_name": "巡查员",
                "username": f"officer{officer + 1:02}",
                "language_code": "zh-hans",
            },
            "photo": [
                {
                    "file_id": f"AgACAgUAAxkBAAIBbench{number:08}{name}AAADAgADcwADNgQ",
                    "file_unique_id": f"{unique}{name}",
                    "width": width,
                    "height": height,
                    "file_size": width * height // 8,
                }
                for name, width, height in sizes
            ],
            "caption": CAPTIONS[officer],
        },
    }
