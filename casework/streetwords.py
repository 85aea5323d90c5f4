"""How Chinese (and English) place names are written: the grammar under `places`.

All functions take folded text and positions in it. Patterns are bounded or anchored, so reading
stays linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Span = tuple[int, int]

_SIDE: Final = "(?:东南|东北|西南|西北|东|西|南|北)"
_DEFECT_NEXT: Final = (
    r"(?=$|[^\u4e00-\u9fff]|有|井|路|人行|护栏|栏|雨|电|树|垃|绿|花砖|地砖|砖|马路|道牙|侧石|积|污"
    r"|下水|检查|窨|篦|水篦|灯|牌|发现|公|边沟|盖板)"
)
_AMOUNT: Final = r"(?:\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百几半]{1,5})(?:来|多|余)?"
_LENGTH: Final = rf"{_AMOUNT}(?:米|m(?![a-z])|公里|km|步)"
_ABOUT: Final = "(?:约|大约|大概|近|不到)?"
_FAR: Final = "(?:左右)?(?:处|远|的地方|开外|位置)"
_IN_FRONT: Final = "(?:门口|门前|门市前|跟前|店前|对面|对过|对门|楼下)"

# Pieces that may follow a name, tried in this order at the place reached.
_CROSSING: Final = (
    r"(?:的)?(?:丁字|十字|三岔|三叉|交叉|岔|转盘)?路?(?:交叉口|交叉路口|交汇处|交汇口"
    r"|交会处|交界处|交界"
    r"|十字路口|十字口|十字(?!路)|丁字路口|丁字口|路口|街口|巷口|道口|拐角处?|拐弯处?|转角处?|拐口"
    r"|转盘|环岛|交口"
    r"|出站口|进站口|检票口|急诊口|出入口处?|入口处?|出口处?|口(?![井罩袋岸]))"
)
_TO_THE_SIDE: Final = (
    rf"(?:的)?(?:路|街|道)?{_SIDE}(?:侧(?!石|翻)|边(?!沟|石)|面(?!砖|板|包)|头|端|段"
    r"|口(?!井)|角|向|首)(?:的)?"
)
_SO_FAR: Final = (
    rf"(?:的)?(?:再)?(?:往|向|朝|以|偏|靠){_SIDE}(?:侧|边|方向|走|行|拐)?(?:的)?{_ABOUT}"
    rf"(?:{_LENGTH}(?:{_FAR}|左右)?)?"
    rf"|{_SIDE}?{_ABOUT}{_LENGTH}{_FAR}"
    rf"|{_SIDE}{_ABOUT}{_LENGTH}(?:左右)?"
)
_TOWARDS: Final = (
    r"(?:往|向|朝|去|到)(?:[\u4e00-\u9fff]{2,6}?)方向(?:的)?"
    rf"|由?{_SIDE}(?:往|向){_SIDE}(?:方向)?(?:的)?"
    rf"|(?:往里|往前|前行|往外|往下)(?:走)?{_ABOUT}(?:{_LENGTH})?(?:处|左右)?"
)
_GATE: Final = (
    r"(?:的)?(?:正|斜|南|北|东|西|大|小|后|侧)?(?:门口|门前|门外|大门"
    r"|(?<=[正斜南北东西大小后侧])门(?!面|窗|灯|禁|牌|锁))(?:处|旁边?|附近|对面)?"
)
_NEARBY: Final = (
    r"(?:的)?(?:斜|正)?(?:对面|对过)(?:的)?"
    r"|(?:的)?(?:旁边|旁|边上|边(?!沟|石|坡)|跟前|附近|周边|周围|门脸前|楼下|楼前|楼后"
    r"|院内|院里|院门口"
    r"|后门|后面|前面|里面|外面|背后|[东西南北围院]?墙(?:外|边|根|角)|宿舍|家属院|小游园"
    r"|游园|广场(?!砖)"
    r"|停车场|(?<=桥)[下上](?!水)|桥下|桥上|桥头|沿线|沿街|全段|中段|路段|段(?!落)|一带|辅路(?!面)|拐弯"
    r"|里(?!程)|内(?!涝|容)"
    r"|处|桥(?![面栏梁墩]))"
    r"|(?:的)?(?:红绿灯|信号灯|公交站台?|公交车站|交通岗|岗亭)"
    r"(?=处|路口|口|附近|旁|往|边|对面|[东南西北](?:侧|边|角|约|\d))"
)
_HOUSE: Final = (  # 1号井 is a well, no house
    r"(?:甲|乙|附)?\d{1,4}(?:[-之]\d{1,3})? ?(?:号|#)(?!井(?!盖)|网格|灯|杆|线|桩|箱|孔|车)"
    r"(?:院|楼(?:下|前|后|旁)?|大院|商铺|店铺|门市|店|铺|门面|附近)?(?:\d{1,2}单元)?"
    r"|\d{1,3}(?:栋|幢|座|单元|期|弄)(?:\d{1,2}单元)?"
    r"|[一二三四五六七八九十]{1,3}(?:号楼|栋|幢|单元|期|区)"
)
_SHORT: Final = (
    rf"(?:{_SIDE}|前|后){_DEFECT_NEXT}|路(?=东|西|南|北)| ?no\.? ?\d{{1,4}}"
    r"|(?:上|那|那边|这边|这里|这儿|那儿|那里)(?=$|[^\u4e00-\u9fff])"
)
_SHOP: Final = (  # one that no list has: 肯德基门口
    r"(?:(?![了坏破烂断缺丢碎裂松堵满塌陷沉积歪倒掉没不有在被井盖砖灯牌栏沿缘树桶垃坑道])"
    rf"[\u4e00-\u9fff]){{2,7}}?{_IN_FRONT}(?:旁边?|处)?"
)
_TAILS: Final = (
    _CROSSING, _TO_THE_SIDE, _SO_FAR, _TOWARDS, _GATE, _NEARBY, _HOUSE, _SHORT, _SHOP,
)  # fmt: skip
_TAIL: Final = re.compile("|".join(_TAILS))
_TAIL_BLANK: Final = re.compile(r"[ ,(]{1,2}")
_LENGTH_HERE: Final = re.compile(rf"(?:约|大约|大概)?{_LENGTH}(?:左右|处|远)?")
_PRECISE: Final = re.compile(rf"(?:口|侧|边|门口|门|对面|处|{_SIDE}|角|头)$")

_GLUE: Final = re.compile(
    r"[ ,/、,\-~(×&+.]*"
    r"(?:与|和|跟|同|到|至|及|靠近|临近|近|接|交|交叉|the|and|往|向|朝|去|通往|的|靠|临"
    r"|在|上|at|near|/)?[ ,(]*"
)
_DIRECTION_BEFORE: Final = re.compile(r"(?:往|朝|向|去|通往|开往)$")
_DIRECTION_AFTER: Final = re.compile(r"(?:的)?(?:方向|走|去)")

GRID: Final = re.compile(
    r"(?:第)?(?P<before>\d{1,3}|[一二三四五六七八九十]{1,3})号?(?:网格|片区网格)"
    r"|(?:网格|\bgrid) ?(?:no\.? ?|#)?(?P<after>\d{1,3})(?:号)?"
)

# 金城与鼓楼路口, 金城鼓楼路口: both halves are looked up among the streets' stems.
STEM_PAIR: Final = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{2}(?:路|街)?)(?:与|和|跟|、|/|-)?"
    r"(?P<second>[\u4e00-\u9fff]{2}(?:路|街)?)(?=交叉口|交汇处|交口|路口|口|十字)"
)

_STREET_END: Final = re.compile(r"大道|大街|路|街|巷|胡同|国道|省道|县道|环岛")
_NOT_AFTER: Final = re.compile(
    r"[面灯牌沿缘障基肩政况名崖岩砖桩过程人标线石]"
    r"|(?:口井)|(?:边(?:石|沟|坡))|(?:道|头巷)|(?:中(?:间|央))"
)
_NOT_NAMES: Final = frozenset(
    "马道铁公线电网水半走修同思退出岔大小土主辅支环铺通开断堵占迷套末条段这那各本该全每管油气老旧"
    "跨顺沿挡拦上下逛背步临过让挖一路街巷完好了着坏烂住雨雪冰堆倒扫"
)
_NOT_NAME_ENDS: Final = (
    "人行道", "柏油", "沥青", "水泥", "混凝土", "石子", "机动车道", "盲道", "上班", "下班",
    "回家", "十字", "丁字",
    "交叉", "三岔", "背街小", "小街", "街头小", "商业", "步行", "一条", "整条", "这条", "那条",
    "两条", "主干", "行车",
)  # fmt: skip
_NAME_STOPS: Final = frozenset(
    "在到从往向和与的是有了及由去至沿于靠近跟把被请我你他这那个处侧边口旁对面给又还也都就"
)
_LEADS: Final = (
    "发现", "巡查", "位于", "经过", "途经", "今天", "今日", "昨天", "上午", "下午", "早上",
    "晚上", "中午", "刚才",
    "刚刚", "目前", "报告", "上报", "反映", "反应", "附近", "现场", "地点", "位置", "地址",
    "东城", "西城", "城区",
    "县城", "辖区", "领导", "队长", "师傅", "麻烦", "尽快", "路过", "看到", "看见", "市民",
    "群众", "居民", "商户",
    "需要", "处理", "东侧", "西侧", "南侧", "北侧", "东边", "西边", "南边", "北边", "左侧",
    "右侧", "路段", "紧急",
    "注意", "危险", "有人", "这里", "这边", "那边", "维修", "严重", "破损", "缺失", "损坏",
    "积水", "不亮", "整改",
)  # fmt: skip
_NOT_BEHIND_SHORT_NAMES: Final = frozenset("心间午国央级型")
_BEFORE_NAMES: Final = frozenset("路街道口处侧")
_NAME_LENGTH: Final = 4
_GLUE_LENGTH: Final = 8
_NOT_LANDMARKS: Final = (
    "老旧", "居民", "整个", "各个", "本", "沿街", "路边", "街头", "建筑", "住宅", "小", "大",
    "没有", "垃圾", "堆满",
    "附近", "影响",
)  # fmt: skip
_USUAL_NAME_LENGTH: Final = 2

_LANDMARK_END: Final = re.compile(
    r"小区|社区|花园|家园|公寓|苑(?!子)|学校|小学|中学|幼儿园|大学|医院"
    r"|卫生院|公园|广场|游园|超市|商场|商城|菜市场|农贸市场|集贸市场|市场|银行"
    r"|酒店|宾馆|饭店|大厦|大楼|写字楼|加油站|汽车站|火车站|客运站|地铁站|派出所"
    r"|法院|检察院|政府|税务局|公安局|交警队|邮局|体育馆|图书馆|文化宫|影院"
    r"|电影院|药店|步行街|家属院|服务区|停车场|工业园|产业园|村(?!民|里|镇)"
    r"|厂(?!家|区外)|平台|居民楼|办公楼|宿舍楼|高架桥|跨线桥|跨河桥"
    r"|公交站(?![牌亭台])|大桥|立交(?!桥?(?:破|裂|损))"
)
_BARE_LANDMARK_NEEDS: Final = re.compile(
    r"(?:东|南|西|北|正|大|后|侧)?(?:门口|门前|大门|门外|对面|对过|旁边|旁|附近|门|院内"
    r"|墙外|后面|前面|楼下)(?!禁|锁|灯|牌|窗)"
)
_ENGLISH_NAME: Final = re.compile(
    r"(?<![a-z])(?:[a-z]{2,15} ){1,3}(?:road|rd|street|st|avenue|ave|lane|boulevard|school"
    r"|hospital|park|station|market|square|plaza|bridge|gate)(?![a-z])"
)
_ENGLISH_NOISE: Final = frozenset(
    re.findall(
        r"\w+",
        "the a an on at in near of by along opposite beside and to from with is are was has "
        "pothole broken missing manhole cover light lamp street sign kerb curb water big deep "
        "hole damaged tree fallen fell dead rubbish garbage bin full overflowing blocked next "
        "behind outside front this that main side middle across east west north south over "
        "under lights lamps out dangerous danger corner between cracked loose bus train "
        "collapsed collapse exposed wire hanging no not very there here down flooded ",
    )
)


def aliases(name: str) -> tuple[str, ...]:
    """Return a folded name and what people shorten it to: 第一中学 is 一中."""
    if name == "实验小学":
        return (name, "实小")
    match = re.fullmatch(r"第([一二三四五六七八九十]{1,2})(中学|小学|医院|幼儿园)", name)
    if match is None:
        return (name,)
    short = {"中学": "中", "小学": "小", "医院": "院", "幼儿园": "幼"}[match[2]]
    return (name, match[1] + short, match[1] + match[2])


def stems(streets: Iterable[str]) -> dict[str, str]:
    """Return the streets by their bare two-character stems, doubtful stems left out."""
    found: dict[str, str | None] = {}
    for street in streets:
        stem = re.sub(r"(?:大道|大街|路|街|巷)$", "", street)
        found[stem] = None if stem in found else street
    return {
        stem: street for stem, street in found.items() if street and len(stem) == _USUAL_NAME_LENGTH
    }


def is_whole(text: str, start: int, name: str) -> bool:
    """Whether a known name is not a part of another: 山小区 of 泰山小区, 一中 of 一中心."""
    before, after = text[max(start - 1, 0) : start], text[start + len(name) : start + len(name) + 1]
    if len(name) == _USUAL_NAME_LENGTH:
        return after not in _NOT_BEHIND_SHORT_NAMES
    if not _is_name_character(before) or len(_LANDMARK_END.sub("", name)) > 1:
        return True
    return before in _BEFORE_NAMES


def unknown_names(text: str, taken: list[Span]) -> Iterator[Span]:
    """Yield names of streets and landmarks that no gazetteer has, outside the `taken` spans."""
    covered = {position for start, end in taken for position in range(start, end)}
    for pattern, start_of in ((_STREET_END, _street_start), (_LANDMARK_END, _landmark_start)):
        for match in pattern.finditer(text):
            start = None if match.start() in covered else start_of(text, match, covered)
            if start is not None:
                yield start, match.end()
    for match in _ENGLISH_NAME.finditer(text):
        yield from _english(match)


def tail_end(text: str, end: int) -> int:
    """Return where the pieces that narrow down a name ending at `end` end themselves."""
    while True:
        match = _TAIL.match(text, end)
        if match is None and _PRECISE.search(text, max(end - 2, 0), end):
            match = _LENGTH_HERE.match(text, end)
        if match is None:
            blank = _TAIL_BLANK.match(text, end)
            match = _TAIL.match(text, blank.end()) if blank else None
        if match is None or match.end() == end:
            return end
        end = match.end()


def is_joined(text: str, end: int, start: int) -> bool:
    """Whether a name starting at `start` goes on with the chain that reached `end`."""
    return start < end or (
        start - end <= _GLUE_LENGTH and _GLUE.fullmatch(text, end, start) is not None
    )


def closed(text: str, start: int, end: int) -> int:
    """Return `end`, moved behind the bracket that closes one opened inside."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text.startswith(")", end) else end


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without blanks, commas, an opened bracket and 的 at its end."""
    while end > start and text[end - 1] in " ,、的(":
        end -= 1
    return start, end


def is_direction(text: str, start: int, end: int) -> bool:
    """Whether the name is only where one is heading: 往鼓楼路方向."""
    before = text[max(start - 2, 0) : start]
    return bool(_DIRECTION_BEFORE.search(before) or _DIRECTION_AFTER.match(text, end))


def _is_name_character(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" and character not in _NAME_STOPS


def _name_before(text: str, end: int, covered: set[int]) -> str:
    """Return the characters right before `end` that may be a name, leads taken off."""
    start = end
    while start and end - start <= _NAME_LENGTH and start - 1 not in covered:
        if not _is_name_character(text[start - 1]):
            break
        start -= 1
    name = text[start:end]
    while (lead := next((one for one in _LEADS if one in name), None)) is not None:
        name = name[name.index(lead) + len(lead) :]
    return name if len(name) <= _NAME_LENGTH else _usual(name)


def _usual(name: str) -> str:
    """Cut a run of characters without a seam to what names are usually as long as."""
    longer = name[-1] in "东西南北中一二三四五六七八九十"
    return name[-_USUAL_NAME_LENGTH - longer :]


def _street_start(text: str, match: re.Match[str], covered: set[int]) -> int | None:
    end = match.start()
    name = _name_before(text, end, covered)
    if len(name) < _USUAL_NAME_LENGTH or _NOT_AFTER.match(text, match.end()):
        return None
    numbered = name[0] in "经纬" and len(name) == _USUAL_NAME_LENGTH
    if not numbered and (name[-1] in _NOT_NAMES or name.endswith(_NOT_NAME_ENDS)):
        return None
    return end - len(name)


def _landmark_start(text: str, match: re.Match[str], covered: set[int]) -> int | None:
    name = _name_before(text, match.start(), covered)
    if len(name) >= _USUAL_NAME_LENGTH and not name.endswith(_NOT_LANDMARKS):
        return match.start() - len(name)
    goes_on = match.start() - 1 in covered or _BARE_LANDMARK_NEEDS.match(text, match.end())
    return match.start() if len(match[0]) > 1 and goes_on else None


def _english(match: re.Match[str]) -> Iterator[Span]:
    words = match[0].split(" ")
    kept = len(words) - 1
    while kept and words[kept - 1] not in _ENGLISH_NOISE:
        kept -= 1
    if kept < len(words) - 1:
        yield match.end() - len(" ".join(words[kept:])), match.end()
