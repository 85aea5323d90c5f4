"""Callback data is no secret and carries no right: whoever forges it is checked like anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, city, text_of
from tests.acceptance.test_limits import claimed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

FORGED = (
    ("officer01", "t:1:0:B", "危险案件要延长时限，只能由督查定"),
    ("repairer01", "t:1:0:C", "已过时，请看最新的卡片"),
    ("repairer01", "h:1:0:24", "只有督查能定时限"),
    ("supervisor01", "h:1:0:999", "没有待答复的申请，可能已经答复过了"),
    ("manager_east", "l:1:0:72", "只有督查能改时限"),
    ("supervisor01", "l:1:0:0", "这个日期已经过了，请重选"),
    ("manager_east", "v:1:0:repairer06", "徐亮不能接这个案件，请选别人"),
    ("manager_east", "v:1:0:officer02", "赵志强不能接这个案件，请选别人"),
    ("repairer01", "v:1:0:repairer02", "只有东城经理、督查能转派"),
    ("repairer01", "x:1:0:not-ours", "只有督查能退单"),
    ("officer01", "xx:1:0:1", "没有这个案件"),
    ("repairer01", "o:1:0:0.weather", "已提交，等督查答复。"),
    ("supervisor01", "o:1:0:9999999.weather", None),
    ("repairer01", "ob:1:0:", "只有督查能撤销承诺"),
    ("repairer01", "e:1:0:", None),
    ("repairer01", "k:1:0:nothing", "本来就是这样，没有改动"),
    ("repairer01", "g:1:0:99", "已过时，请看最新的卡片"),
    ("repairer01", "mp:1:0:1.1", None),
    ("repairer01", "f:1:0:77", "没有待答复的申请，可能已经答复过了"),
    ("repairer01", "c:zzzz:0:", "没有这个案件"),
    ("repairer01", "nonsense", "已过时，请看最新的卡片"),
    ("repairer01", "m:1:0:no-such-level", None),
)


async def forge(town: City, who: str, message: int, data: str) -> str:
    """Press with data that may stand on no button."""
    path = f"/sim/chats/{town.group}/messages/{message}/press"
    told = await town.call("POST", path, {"from": town.ids[who], "data": data})
    await town.advance(seconds=3)
    return str(told["answer"]["text"])


async def test_forged_data_gives_nobody_a_right(tmp_path: Path) -> None:
    """Each is answered; state, tier, limit and people of the danger stay what they were."""
    async with city(tmp_path) as town:
        photo, card = await claimed(town, CAPTION)
        for who, data, toast in FORGED:
            said = await forge(town, who, card, data)
            assert said, data
            assert toast in {None, said}, (data, said)
            shown = text_of(await town.card(photo))
            assert shown.startswith("🟡 已接单 XC-20260310-0001 检查井破损 · A 当天"), data
            assert "今日 24:00" in shown, data
            assert "李强（东城公司）" in shown, data
