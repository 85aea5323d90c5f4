"""What a message is made of: plain data, read at the moment of telling. `messages/` words it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from casework.case import Case, Status
    from casework.ledger import LedgerRow
    from casework.refusals import Refusal
    from usecases.records import HistoryRow


class Action(StrEnum):
    """What a button asks for; the value is its code in the callback data."""

    CLAIM = "c"
    BEGIN = "b"
    PASS = "p"  # noqa: S105 - a key of a joint check, no password
    REMOTE = "r"
    REWORK = "w"
    UNDO = "u"
    MORE = "m"
    """Open the menu, or one of its levels (`arg`: see `Level`)."""
    NOT_TODAY = "n"
    HOURS = "h"
    """`arg`: hours."""
    PROMISE = "o"
    """`arg`: `<days>.<reason code>`."""
    AGREE = "a"
    DISAGREE = "d"
    PROMISE_BACK = "ob"
    EXTEND = "ex"
    """`arg`: a reason code."""
    EXTEND_AGREE = "ea"
    EXTEND_DECLINE = "ed"
    SUSPEND = "su"
    """`arg`: `<days>.<reason code>`."""
    SUSPEND_AGREE = "sa"
    SUSPEND_DECLINE = "sd"
    RESUME = "rs"
    TIER = "t"
    """`arg`: A or B."""
    DEADLINE = "l"
    """`arg`: hours from now."""
    CATEGORY = "k"
    """`arg`: the category's code."""
    GRID = "g"
    """`arg`: the grid's number."""
    REFUSE = "x"
    """`arg`: a reason code."""
    REFUSE_ASKED = "xa"
    """A supervisor does what a manager asked for."""
    REFUSE_DECLINED = "xd"
    DUPLICATE = "xx"
    """`arg`: the other case's id."""
    HAND_OVER = "v"
    """`arg`: the person's key."""
    CLAIM_FOR = "cf"
    """`arg`: the person's key."""
    WITHDRAW = "y"
    """`arg`: a reason code, may be empty."""
    RELEASE = "e"
    MOVE_PHOTO = "mp"
    """`arg`: `<photo id>.<other case id>`."""
    HUSH = "z"
    """🔕 到明早: the presser alone hears no reminder of the case until then."""
    ISSUE = "s"
    """签发. `arg`: `<rung>.<attempt>`."""
    NOT_ISSUE = "sn"
    """不签发. `arg`: as above."""
    JOIN = "j"
    """并案: the cases that a question named are one."""
    NOT_JOIN = "jn"
    """不是一回事."""
    PART = "jp"
    """取消并案."""
    STOPGAP = "gs"
    """临时处置."""
    STOPGAP_OFF = "gn"
    SPLIT = "sp"
    """拆开: make a case of each photo."""
    FILE = "f"
    """Answer to a question: file the photo under the button's case. `arg`: the question."""
    NEW = "q"
    """Answer to a question: 新问题. `arg`: the question."""
    EARLIER = "be"
    """What came before the shown part of a dossier.

    `arg`: `<rows of its ledger>.<lines of its history>`, counted from the oldest.
    """
    DEFINITIONS = "dd"
    """口径: what the figures of a digest mean."""
    MUTE_DIGEST = "dm"
    """`arg`: the kind of digest that this person wants no more."""
    CHOOSE_DIGEST = "dc"
    """`arg`: the kind of digest to turn on or off."""
    REMARK = "dr"
    """`arg`: the end of the window of the filing that the remark is for."""


class Level(StrEnum):
    """The levels of the menu behind 更多."""

    ROOT = ""
    CATEGORY = "k"
    PLACE = "g"
    DEADLINE = "l"
    PROMISE = "o"
    """May carry a chosen reason: `o.<reason code>`."""
    EXTEND = "ex"
    SUSPEND = "s"
    """May carry a chosen reason: `s.<reason code>`."""
    REFUSE = "x"
    DUPLICATE = "xx"
    HAND_OVER = "v"
    CLAIM_FOR = "cf"
    WITHDRAW = "y"
    PHOTOS = "mp"
    """May carry a chosen photo: `mp.<photo id>`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A person to be named, or tagged by a mention where that is asked for."""

    text: str
    account: str = ""
    """The account, once seen: a mention by it works without a username."""
    username: str = ""
    """The roster's username: a mention for somebody whose account was never seen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A name in both languages (of a category)."""

    zh: str
    en: str


MOST_BUTTONS = 100
"""Of one message; the chat refuses a message with more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """One button. Its words: `label` when given, else the catalogue's `button-<word>`."""

    action: Action
    case_id: int
    arg: str = ""
    round: int = 0
    word: str = ""
    """A key of the catalogue; empty: the action's own word."""
    label: str = ""
    """Words that are data (a number, a name, a category)."""
    names: Label | None = None
    """Words that are data, in both languages."""
    fields: Mapping[str, str | int] = field(default_factory=dict)
    """What the catalogue's words need."""
    number: str = ""
    """The end of the case's number, where a message has buttons for several cases."""
    style: str = ""
    """`primary`, `success`, `danger` or empty: an extra, never the carrier of meaning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CardView:
    """The card of a case, as it must look now."""

    case: Case
    defect: Label
    zone: ZoneInfo
    officer: Name
    """The patrol side: the reporter; the grid's officer is `grid_officer` when another."""
    grid_officer: Name | None
    repairer: Name | None
    """Who is tagged or has taken it; None while the place is unknown."""
    company: str
    """The company's name."""
    patrol_checker: str = ""
    """Who turned the patrol key, if turned."""
    repair_checker: str = ""
    undo_until: datetime | None = None
    """Set while the last press may be undone: the card carries 撤销."""
    ended_by: str = ""
    order: str = ""
    """The number of the paper of the supervision ladder that was issued last."""
    standard: Label | None = None
    """What a good repair of this category is, if its file says so (一类问题、一个标准)."""
    stages: int = 0
    """How many stages the limit has; 0: it is one limit."""
    stage: int = 0
    """The number of the running stage, from 1."""
    check_until: datetime | None = None
    """When the joint check should be done; set while it is open."""
    sign_until: datetime | None = None
    """Until when a warning sign that was asked for must stand."""
    joined: int = 0
    """How many cases are joined to it, where it is a main case."""
    guesses: tuple[tuple[str, Label], ...] = ()
    """Codes and names of what the words may have meant instead, while that is unsure."""
    menu: tuple[tuple[Button, ...], ...] = ()
    """The menu's buttons, where the card itself must show them for a minute."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReactionView:
    """A reaction on a message; empty: take it back."""

    emoji: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetSide:
    """One side of a before/after sheet."""

    photos: tuple[str, ...]
    """SHA-256 of the kept originals, in order; empty: a placeholder is drawn."""
    at: datetime | None
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetView:
    """The before/after sheet of a round; its caption tags the patrol side and has the keys."""

    case: Case
    defect: Label
    zone: ZoneInfo
    before: SheetSide
    after: SheetSide
    patrol: tuple[Name, ...]
    """Whom the caption tags."""
    submitter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLine:
    """One case in a list."""

    number: str
    defect: Label
    place: str
    grid: int | None
    status: Status
    deadline: datetime
    overdue: bool
    words: str = ""
    """A key of the catalogue (`line-<words>`): why this case stands in the list."""
    at: datetime | None = None
    """When that fell due, where it is told late."""
    link: str = ""
    """`chat/message` of the card, for platforms that can link to it."""
    check_until: datetime | None = None
    """Set while the joint check is open: it is the check's clock that runs."""
    suspended_until: date | None = None
    """Set while the case is suspended: no clock runs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeView:
    """A message of words: `notice-<words>` of the catalogue, then lines, then buttons."""

    words: str
    zone: ZoneInfo
    to: tuple[Name, ...] = ()
    """Whom it tags in a group; in a private chat nobody is tagged."""
    fields: Mapping[str, str | int | date | datetime | Label] = field(default_factory=dict)
    lines: tuple[CaseLine, ...] = ()
    people: tuple[tuple[tuple[Name, ...], tuple[CaseLine, ...]], ...] = ()
    """A batch: each person once, with their cases; those of the same cases together."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    late: bool = False
    """Told late: 补发."""
    refusal: Refusal | None = None
    """Why a typed act may not happen: it is said instead of `notice-<words>`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DossierView:
    """`/case`: the card and the history in words."""

    card: CardView
    history: tuple[HistoryRow, ...]
    names: Mapping[str, str]
    """Names of the people in the history, by key."""
    categories: Mapping[str, Label] = field(default_factory=dict)
    ledger: tuple[LedgerRow, ...] = ()
    """Every move of the case's clocks, oldest first."""
    companies: Mapping[str, str] = field(default_factory=dict)
    """Names of the companies in the ledger, by key."""
    steps: int = 1
    """How many of the six steps (六步闭环) are done."""
    workdays: int | None = None
    """The working days from report to close, once it is closed."""
    before: tuple[int, int] | None = None
    """Only what came before: so many rows of the ledger and lines of the history, the oldest.

    None: all, with the card.
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardView:
    """The board of a group (今日看板)."""

    zone: ZoneInfo
    day: date
    counts: Mapping[Status, int]
    """The open cases by state."""
    reported: int
    """Reported today."""
    closed: int
    """Closed today."""
    suspended: int
    tonight: tuple[CaseLine, ...]
    """Dangers that must be closed tonight."""
    overdue: tuple[CaseLine, ...]
    soon: tuple[CaseLine, ...]
    """The others whose clock runs, by limit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditItem:
    """What the auditor found of one kind."""

    kind: str
    """A key of the catalogue (`audit-<kind>`)."""
    count: int
    names: tuple[str, ...]
    """Some of them: case numbers, rows, files."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditView:
    """What the auditor (自检) found and could not put right."""

    zone: ZoneInfo
    items: tuple[AuditItem, ...]
    to: tuple[Name, ...] = ()
    """Whom it tags in a group."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PinView:
    """A message is pinned at the top of its chat, in silence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Toast:
    """What the presser sees at once: `toast-<words>` of the catalogue."""

    words: str
    fields: Mapping[str, str | int] = field(default_factory=dict)
