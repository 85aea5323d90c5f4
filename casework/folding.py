"""Text as people type it, brought to one form: nothing invisible, one width, one script.

`strip_invisible` is what may be stored and shown; `fold` is for comparing only and keeps every
character at its position, so that a match found in the folded text can be cut from the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ZERO_WIDTH_JOINER: Final = "\u200d"
_EMOJI_LOOK: Final = "\ufe0f"
_KEYCAP: Final = "\u20e3"

# Drawn as nothing although Unicode files them under letters, marks or symbols.
_BLANKS: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0",
)
_DROPPED_KINDS: Final = frozenset({"Cc", "Cf", "Cs"})
_NONCHARACTER: Final = 0xFFFE  # the last two code points of every plane
_PLAIN_TEXT: Final = re.compile(r"[ -~\u3001-\u3003\u4e00-\u9fff\uff01-\uff5e]*")

# Characters of defects, places and answers that differ between the two scripts, pair by pair.
_TRADITIONAL: Final = (
    "蓋護欄電損壞壓斷裝設備線纜桿燈傾鏽銹綠樹葉雜積滿運時點兩個處邊側東門開關對無關"
    "沒圍擋揚塵車輛輪沖遺灑載區業樓單場廣園館學醫實驗縣體書貨國際長發現馬牆溝堵塊"
    "陷墜險標誌識號碼鎮鄉達導鐵鋼筋連與間頭過紅橋繞環創興產經濟貿農種樁墩減帶網絡"
    "廁內臟亂漲溢漏氣熱熔條幾見還這裡裏麼嗎誰來馬驗過通單動響鬆磚鋪瀝青機動鼓樓後"
    "錯應該讓請問從幹淨許將幫總給嚴重緊維護補換齊劃畫顯視監視頻報棄養寵貓傷觸極"
    "籬擁潔佔餘懸凍併髒濺漿銘腳隱級絕緣鏟攔鍵鎖灘"
    "風雲龍陽陰陳張劉趙吳鄭馮衛黃韓濱廠術藝歷師訊飯銀麗賓樂慶鳳華義寶復蟲掛墻頂沈倆層檢輕營攤貼戶臺灣嶺衝鑽釘燒煙霧噴礙資優築磯類郵塗銹撐艙裡壇堅職務節氈羅閘閥閃閉聯"
    "聲藥罰導遠進適選遷鄰釋鍋錐鎖鏈閱隊階際隨雙難靜韋預領顆題額颱飄騎鬧魚鳥麥齡"
)
_SIMPLIFIED: Final = (
    "盖护栏电损坏压断装设备线缆杆灯倾锈锈绿树叶杂积满运时点两个处边侧东门开关对无关"
    "没围挡扬尘车辆轮冲遗洒载区业楼单场广园馆学医实验县体书货国际长发现马墙沟堵块"
    "陷坠险标志识号码镇乡达导铁钢筋连与间头过红桥绕环创兴产经济贸农种桩墩减带网络"
    "厕内脏乱涨溢漏气热熔条几见还这里里么吗谁来马验过通单动响松砖铺沥青机动鼓楼后"
    "错应该让请问从干净许将帮总给严重紧维护补换齐划画显视监视频报弃养宠猫伤触极"
    "篱拥洁占余悬冻并脏溅浆铭脚隐级绝缘铲拦键锁滩"
    "风云龙阳阴陈张刘赵吴郑冯卫黄韩滨厂术艺历师讯饭银丽宾乐庆凤华义宝复虫挂墙顶沉俩层检轻营摊贴户台湾岭冲钻钉烧烟雾喷碍资优筑矶类邮涂锈撑舱里坛坚职务节毡罗闸阀闪闭联"
    "声药罚导远进适选迁邻释锅锥锁链阅队阶际随双难静韦预领颗题额台飘骑闹鱼鸟麦龄"
)

_FOLD: Final = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord(capital): ord(capital) + 32 for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    | {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}
    | dict(zip(map(ord, _TRADITIONAL), map(ord, _SIMPLIFIED), strict=True))
    | {0x3000: 0x20, 0xA0: 0x20, 0x3002: 0x2E, 0x2019: 0x27}
    | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), 0x2D)
)


_remembered = lru_cache(maxsize=64)
"""Whoever reads a text asks for the same forms of it several times in a row."""


@_remembered
def strip_invisible(text: str) -> str:
    """Return `text` as one visible line in NFC.

    Control, direction and zero-width characters and lone surrogates go. A zero-width joiner and
    the emoji look U+FE0F stay only inside an emoji, where they change what is drawn. Line breaks,
    tabs and every run of blanks become one space, and the ends are trimmed: a caption stands on
    one line of a card. Applying it twice changes nothing.
    """
    if _PLAIN_TEXT.fullmatch(text):
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    kept = "".join(
        " " if character.isspace() else character
        for index, character in enumerate(text)
        if character.isspace() or _visible(text, index)
    )
    return unicodedata.normalize("NFC", " ".join(kept.split()))


@_remembered
def fold(text: str) -> str:
    """Return `text` in lower case, half width and simplified characters, of the same length."""
    return text.translate(_FOLD)


def _visible(text: str, index: int) -> bool:
    character = text[index]
    if character == _ZERO_WIDTH_JOINER:
        return _ends_emoji(text, index) and _is_pictograph(text[index + 1 : index + 2])
    if "\ufe00" <= character <= _EMOJI_LOOK or "\U000e0100" <= character <= "\U000e01ef":
        return character == _EMOJI_LOOK and _takes_look(text, index)
    if character in _BLANKS or ord(character) & _NONCHARACTER == _NONCHARACTER:
        return False
    return unicodedata.category(character) not in _DROPPED_KINDS


def _ends_emoji(text: str, index: int) -> bool:
    """Whether the characters before `index` end an emoji that a joiner may continue."""
    before = text[max(index - 2, 0) : index]
    if before.endswith(_EMOJI_LOOK) or "\U0001f3fb" <= before[-1:] <= "\U0001f3ff":
        return _is_pictograph(before[:1]) and len(before) > 1
    return _is_pictograph(before[-1:])


def _takes_look(text: str, index: int) -> bool:
    before, after = text[max(index - 1, 0) : index], text[index + 1 : index + 2]
    return _is_pictograph(before) or (before in tuple("0123456789#*") and after == _KEYCAP)


def _is_pictograph(character: str) -> bool:
    return character != "" and unicodedata.category(character) == "So" and character not in _BLANKS
