"""One outbox row → what its message is made of now; or that its reason has gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casework import clockwork, deadlines
from casework.case import Phase, Status
from casework.changing import replace
from casework.permissions import PATROL_KEY, Relation, holders
from usecases import board_view, card_shown, digest_presses, digests, drafts, menus, notices
from usecases.chain_view import dossier
from usecases.office import spoken
from usecases.records import EDIT, UNCHANGED, Priority
from usecases.to_tell import Telling
from usecases.views import (
    CardView,
    Label,
    PinView,
    ReactionView,
    SheetSide,
    SheetView,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.case import Case
    from usecases.office import Office
    from usecases.records import Json, Outgoing, Photo
    from usecases.to_tell import View


@dataclass(frozen=True, kw_only=True, slots=True)
class Dropped:
    """The row's reason has gone."""

    note: str
    fact: Json = field(default_factory=dict)
    """What is noted of it all the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotYet:
    """The row cannot be said before this moment."""

    at: datetime


PHOTO_PATIENCE = timedelta(minutes=2)
"""A sheet waits this long for its photos; then placeholders stand for those that miss."""
PHOTO_PAUSE = timedelta(seconds=1)


def tell(office: Office, row: Outgoing) -> Telling | Dropped | NotYet:
    """What this row says now."""
    made = _MAKERS[row.kind](office, row)
    if isinstance(made, (Dropped, NotYet)):
        return made
    view, edit = made if isinstance(made, tuple) else (made, "")
    private = bool(row.person) and office.private_chat(row.person) == row.chat
    return Telling(
        row=row,
        view=view,
        language=language_of(office, row, private=private),
        private=private,
        silent=not loud(office, row, view),
        edit=edit,
    )


def language_of(office: Office, row: Outgoing, *, private: bool) -> str:
    """A group speaks its own language, also to one person alone; a private chat the person's."""
    if "language" in row.fact:
        return spoken(row.fact["language"], office.town.language)
    if private:
        return office.language_of(row.person)
    chat = office.uow.chats.get(row.chat)
    group = office.town.groups.get(chat.origin if chat else row.chat)
    return group.language if group else office.language_of(row.person)


def loud(office: Office, row: Outgoing, view: View) -> bool:
    """What demands an act sounds from 07:00 to 20:00, and always for tier A."""
    if not row.loud:
        return False
    danger = row.priority is Priority.DANGER_CARD
    if isinstance(view, (CardView, SheetView)):
        danger = view.case.danger
    elif row.fact.get("danger") or _concerns_danger(office, row):
        danger = True
    return danger or not deadlines.is_quiet(office.now, office.town)


def _concerns_danger(office: Office, row: Outgoing) -> bool:
    case = office.uow.cases.get(row.case_id, lock=False) if row.case_id else None
    return case is not None and case.danger


def card_view(office: Office, case: Case) -> CardView:
    """The card of a case as it stands."""
    roster = office.town.roster
    tagged = case.claimer or case.repairer
    company = roster.companies.get(case.company)
    undo = office.uow.undos.get(case.id)
    undoable = undo is not None and undo.version == case.version and undo.until > office.now
    walks = case.officer if case.officer not in {"", case.reporter} else ""
    return CardView(
        case=case,
        defect=office.label(case.category),
        zone=office.town.zone,
        officer=office.named(case.reporter),
        grid_officer=office.named(walks) if walks else None,
        repairer=office.named(tagged) if tagged else None,
        company=company.name if company else "",
        patrol_checker=roster.name(case.patrol_key) if case.patrol_key else "",
        repair_checker=roster.name(case.repair_key) if case.repair_key else "",
        undo_until=undo.until if undo is not None and undoable else None,
        ended_by=roster.name(case.ended_by) if case.ended_by else "",
        order=drafts.issued(office, case),
        standard=_standard(office, case),
        stages=len(clockwork.stages(case, office.town)),
        stage=clockwork.stage_number(case, office.town),
        check_until=clockwork.check_until(case, office.town),
        sign_until=clockwork.sign_until(case, office.town),
        joined=len(office.uow.cases.joined_to(case.number)) if case.leads else 0,
        guesses=_guesses(office, case),
    )


def _standard(office: Office, case: Case) -> Label | None:
    """What a good repair of this category is; either language stands in for the other."""
    leaf = office.town.leaf(case.category, case.rules_version)
    if leaf is None or not (leaf.standard_zh or leaf.standard_en):
        return None
    return Label(zh=leaf.standard_zh or leaf.standard_en, en=leaf.standard_en or leaf.standard_zh)


GUESSES = 2
"""Other categories offered on a card whose words leave it open."""


def _guesses(office: Office, case: Case) -> tuple[tuple[str, Label], ...]:
    """While the case waits and its words are unsure: what else they may have meant."""
    if case.status is not Status.WAITING or not case.words:
        return ()
    guess = office.town.read(case.words).guess
    if guess.sure or guess.category.code != case.category:
        return ()
    others = [c for c in guess.alternatives if c.code != case.category]
    return tuple((c.code, Label(zh=c.name_zh, en=c.name_en)) for c in others[:GUESSES])


def _case(office: Office, row: Outgoing) -> Case | None:
    return office.uow.cases.get(row.case_id, lock=False)


def _card(office: Office, row: Outgoing) -> CardView | Dropped:
    case = _case(office, row)
    if case is None or case.status is Status.WITHDRAWN:
        return Dropped(note="withdrawn")
    return card_view(office, case)


def _edit(office: Office, row: Outgoing) -> tuple[CardView, str] | Dropped:
    case = _case(office, row)
    if case is None or not case.card:
        return Dropped(note="no card")
    view = card_view(office, case)
    if row.fact.get("menu"):
        view = replace(view, menu=menus.rows(office, case, row.fact))
    if row.kind == EDIT and card_shown.stands(office, row, view):
        return Dropped(note=UNCHANGED, fact={"seq": case.history_seq})
    return view, case.card


def _old_card(office: Office, row: Outgoing) -> tuple[CardView, str] | Dropped:
    case = _case(office, row)
    if case is None:
        return Dropped(note="no case")
    return card_view(office, case), row.fact["message"]


def _reaction(_office: Office, row: Outgoing) -> tuple[ReactionView, str]:
    return ReactionView(emoji=row.fact["emoji"]), row.fact["message"]


def _sheet(office: Office, row: Outgoing) -> SheetView | Dropped | NotYet:
    case = _case(office, row)
    if case is None or case.status is not Status.CHECKING or case.round != row.fact["round"]:
        return Dropped(note="not waiting for this check")
    pending = office.uow.photos.pending(case.id, (Phase.BEFORE, Phase.AFTER))
    if pending and office.now < row.created_at + PHOTO_PATIENCE:
        return NotYet(at=office.now + PHOTO_PAUSE)
    photos = office.uow.photos.of_case(case.id)
    before = [p for p in photos if p.phase is Phase.BEFORE] or _before_stopgap(office, case)
    after = [p for p in photos if p.phase is Phase.AFTER and p.round == case.round]
    patrol = holders(case, PATROL_KEY - {Relation.SUPERVISOR}, office.town.roster)
    return SheetView(
        case=case,
        defect=office.label(case.category),
        zone=office.town.zone,
        before=_side(office, before, case.reporter, case.reported_at),
        after=_side(office, after, case.submitted_by, case.submitted_at),
        patrol=tuple(office.named(key) for key in patrol or office.supervisors()),
        submitter=office.town.roster.name(case.submitted_by),
    )


def _before_stopgap(office: Office, case: Case) -> list[Photo]:
    """A cure (根治) opens without a photo: what was reported is seen in the first case's."""
    first = office.uow.cases.by_number(case.cures) if case.cures else None
    photos = office.uow.photos.of_case(first.id) if first is not None else ()
    return [p for p in photos if p.phase is Phase.BEFORE]


def _side(office: Office, photos: list[Photo], person: str, at: datetime | None) -> SheetSide:
    kept = tuple(p.sha256 for p in photos if p.sha256)
    return SheetSide(photos=kept, at=at, name=office.town.roster.name(person))


def _menu(office: Office, row: Outgoing) -> tuple[View, str] | Dropped:
    case = office.uow.cases.get(row.fact["cases"][0], lock=False)
    if case is None or not case.open:
        return Dropped(note="case ended")
    view = notices.menu(office, case, row.fact)
    return view, row.fact.get("edit", "")


def _notice(office: Office, row: Outgoing) -> View | Dropped:
    if "audit" in row.fact:
        return notices.audit(office, row)
    view = notices.notice(office, row)
    return view if view is not None else Dropped(note="its reason has gone")


def _board(office: Office, row: Outgoing) -> tuple[View, str] | Dropped:
    """The latest state; nothing is edited that looks the same."""
    known = office.uow.boards.get(str(row.fact["origin"]))
    view = board_view.board_view(office, row.chat)
    here = known is not None and known.chat == row.chat
    if known is not None and here and known.message and known.shown == board_view.shown(view):
        return Dropped(note=UNCHANGED)
    return view, known.message if known is not None and here else ""


def _pin(_office: Office, row: Outgoing) -> tuple[View, str]:
    return PinView(), str(row.fact["message"])


def _digest(office: Office, row: Outgoing) -> View | Dropped:
    view = digests.view(office, row)
    return view if view is not None else Dropped(note="its reader gets it no more")


def _choices(office: Office, row: Outgoing) -> tuple[View, str] | Dropped:
    person = office.town.roster.person(row.person)
    if person is None:
        return Dropped(note="not on the roster")
    return digest_presses.choices(office, person), str(row.fact.get("edit", ""))


def _dossier(office: Office, row: Outgoing) -> View | Dropped:
    case = office.uow.cases.get(row.fact["cases"][0], lock=False)
    if case is None:
        return Dropped(note="no such case")
    return dossier(office, case, card_view(office, case), row.fact.get("before"))


_MAKERS: dict[str, Callable[[Office, Outgoing], object]] = {
    "card": _card,
    "edit": _edit,
    "card-menu": _edit,
    "old-card": _old_card,
    "reaction": _reaction,
    "sheet": _sheet,
    "menu": _menu,
    "notice": _notice,
    "board": _board,
    "pin": _pin,
    "digest": _digest,
    "choices": _choices,
    "dossier": _dossier,
}
