"""The people, cases and views that the tests of the wording speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from casework.case import Case, Status, Tier
from messages.catalogue import Catalogue
from messages.letters import Letters
from usecases.records import HistoryRow, Outgoing, Priority
from usecases.to_tell import Telling, View
from usecases.views import (
    Action,
    AuditItem,
    AuditView,
    BoardView,
    Button,
    CardView,
    CaseLine,
    DossierView,
    Label,
    Name,
    NoticeView,
    SheetSide,
    SheetView,
)

if TYPE_CHECKING:
    from messages.letter import Letter

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 2, 5, tzinfo=UTC)
"""10:05 in the city."""
MIDNIGHT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""24:00 of the same day in the city."""
COVER = Label(zh="井盖破损", en="Broken manhole cover")
OFFICER = Name(text="王建国", account="1001", username="officer01")
REPAIRER = Name(text="李强", account="1011", username="repairer01")
CATALOGUE = Catalogue.load()
LETTERS = Letters(CATALOGUE)


def case(**changes: Any) -> Case:
    """The manhole cover at the corner of 金城路."""
    return replace(
        Case(
            id=1,
            number="XC-20261120-0001",
            tier=Tier.TODAY,
            category="2001",
            words="金城路与鼓楼路口东侧 井盖破损 危险",
            place="金城路与鼓楼路口东侧",
            grid=1,
            company="east",
            chat="-4000001",
            photo_message="12",
            reporter="officer01",
            repairer="repairer01",
            reported_at=NOW,
            opened_at=NOW,
            deadline=MIDNIGHT,
            before=1,
        ),
        **changes,
    )


def card(of: Case | None = None, **changes: Any) -> CardView:
    """The card of a case between 王建国 and 李强."""
    view = CardView(
        case=of or case(),
        defect=COVER,
        zone=ZONE,
        officer=OFFICER,
        grid_officer=None,
        repairer=REPAIRER,
        company="东城公司",
    )
    return replace(view, **changes)


def sheet(of: Case | None = None, **changes: Any) -> SheetView:
    """The sheet of a repair that 李强 has sent in at 14:05."""
    after = NOW + timedelta(hours=4)
    mended = of or case(status=Status.CHECKING, submitted_at=after, after=1)
    view = SheetView(
        case=mended,
        defect=COVER,
        zone=ZONE,
        before=SheetSide(photos=("0" * 64,), at=NOW, name="王建国"),
        after=SheetSide(photos=("1" * 64,), at=after, name="李强"),
        patrol=(OFFICER,),
        submitter="李强",
    )
    return replace(view, **changes)


def line(**changes: Any) -> CaseLine:
    """One line of a list."""
    first = CaseLine(
        number="XC-20261120-0001",
        defect=COVER,
        place="金城路与鼓楼路口东侧",
        grid=1,
        status=Status.WAITING,
        deadline=MIDNIGHT,
        overdue=False,
    )
    return replace(first, **changes)


def notice(words: str, **changes: Any) -> NoticeView:
    """A notice with every field that any notice may need."""
    fields: dict[str, str | int | date | datetime | Label] = {
        "by": "郭明",
        "reason": "materials",
        "round": 1,
        "gap_from": MIDNIGHT.isoformat(),
        "gap_to": MIDNIGHT.isoformat(),
        "day": "2026-12-05",
        "until": MIDNIGHT.isoformat(),
        "agree": "yes",
        "hours": 6,
        "name": "王建国",
        "username": "officer01",
        "other": "",
        "order": "2026-1",
        "remark": "路口已围挡",
        "managers": "no",
        "number": "XC-20261120-0001",
        "status": "closed",
        "on_time": "yes",
        "version": 2,
        "first": "categories.toml:7",
        "second": "",
        "third": "",
        "rest": 0,
    }
    return replace(NoticeView(words=words, zone=ZONE, to=(REPAIRER,), fields=fields), **changes)


def history(event: str, actor: str = "officer01", **data: Any) -> HistoryRow:
    """One row of a history."""
    return HistoryRow(
        case_id=1, seq=1, at=NOW, actor=actor, event=event, data=data, previous="", hash=""
    )


def dossier(*rows: HistoryRow, **changes: Any) -> DossierView:
    """A card with its history."""
    names = {"officer01": "王建国", "repairer01": "李强"}
    view = DossierView(card=card(), history=rows, names=names, categories={"2001": COVER})
    return replace(view, **changes)


def button(action: Action = Action.CLAIM, **changes: Any) -> Button:
    """A button of the first case."""
    return replace(Button(action=action, case_id=1), **changes)


def board(**changes: Any) -> BoardView:
    """The board of the group this morning."""
    view = BoardView(
        zone=ZONE,
        day=date(2026, 11, 20),
        counts={Status.WAITING: 1, Status.TAKEN: 0, Status.REWORK: 2},
        reported=3,
        closed=1,
        suspended=0,
        tonight=(line(),),
        overdue=(),
        soon=(),
    )
    return replace(view, **changes)


def audit(**changes: Any) -> AuditView:
    """What the auditor found this morning."""
    item = AuditItem(kind="chain-broken", count=1, names=("XC-20261120-0001",))
    return replace(AuditView(zone=ZONE, items=(item,)), **changes)


def write(view: View, language: str = "zh", *, private: bool = False) -> Letter:
    """Word a view as of 10:05."""
    row = Outgoing(
        kind="any",
        key="any",
        chat="-4000001",
        priority=Priority.CARD,
        not_before=NOW,
        created_at=NOW,
    )
    telling = Telling(row=row, view=view, language=language, private=private, silent=False)
    return LETTERS.write(telling, NOW)


class Tags(HTMLParser):
    """An independent reader of the little HTML that goes out."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with its attributes."""
        self.tags.append((tag, *(f"{name}={value}" for name, value in attrs)))

    @override
    def handle_endtag(self, tag: str) -> None:
        """Keep an end tag."""
        self.tags.append((f"/{tag}",))

    @override
    def handle_comment(self, data: str) -> None:
        """Keep what should never be there."""
        self.tags.append(("!", data))

    @override
    def handle_decl(self, decl: str) -> None:
        """Keep what should never be there."""
        self.tags.append(("!", decl))

    @override
    def handle_pi(self, data: str) -> None:
        """Keep what should never be there."""
        self.tags.append(("?", data))

    @override
    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text += data


def shown(letter: Letter) -> str:
    """What a reader sees."""
    return Tags(letter.text).text


def length(text: str) -> int:
    """UTF-16 units, counted another way than the product does."""
    return len(text.encode("utf-16-le")) // 2


def rows(letter: Letter) -> list[list[str]]:
    """The words of the buttons."""
    return [[button.text for button in row] for row in letter.buttons]
