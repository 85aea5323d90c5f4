"""Acts on the case itself: category, place, words, refusal, hand-over, withdrawal, release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clockwork, events, limiting, refusals
from casework.case import Release, Status, Tier, unasked
from casework.changing import replace
from casework.people import Role
from casework.repairing import of_repair_side

if TYPE_CHECKING:
    from casework import commands
    from casework.act import Act, Outcome
    from casework.case import Case
    from casework.people import Person, Roster


def set_category(case: Case, command: commands.SetCategory, act: Act) -> Outcome:
    """改类别.

    Raises:
        NothingChanged: it is so already, or the category does not exist.
    """
    if command.category == case.category or act.town.categories.get(command.category) is None:
        raise refusals.NothingChanged
    changed, happened = _recategorised(case, command.category, act)
    return changed, *happened


def _recategorised(case: Case, category: str, act: Act) -> tuple[Case, tuple[events.Event, ...]]:
    told = events.CategoryChanged(category=category, was=case.category)
    changed = replace(case, category=category)
    changed, limited = limiting.recategorised(case, changed, act)
    return changed, (told, *limited)


def set_place(case: Case, command: commands.SetPlace, act: Act) -> Outcome:
    """改位置; the case goes to another grid's people only while it is 待对接.

    Raises:
        NothingChanged: it is so already.
    """
    place = command.place or case.place
    if (place, command.grid or case.grid) == (case.place, case.grid):
        raise refusals.NothingChanged
    changed, happened = _placed(case, place, command.grid, act)
    return changed, *happened


def _placed(
    case: Case, place: str, grid: int | None, act: Act
) -> tuple[Case, tuple[events.Event, ...]]:
    changed = replace(case, place=place)
    told = events.PlaceChanged(place=place, grid=grid)
    if grid is None or grid == case.grid:
        return changed, (told,)
    if case.status is not Status.WAITING:
        return _regridded(changed, grid, act.town.roster), (told,)
    moved = assigned(changed, grid, act.town.roster)
    if moved.repairer == case.repairer:
        return moved, (told,)
    moved = _transferred(case, _ladder_anew(moved, act), act)
    return moved, (told, events.CaseMoved(repairer=moved.repairer, was=case.repairer))


def _regridded(case: Case, grid: int, roster: Roster) -> Case:
    """The case in another grid, with those who have it; a company patrol's checker goes along."""
    officer = roster.officer_of(grid)
    moved = officer is not None and case.company_patrol
    return replace(case, grid=grid, officer=officer.key if officer and moved else case.officer)


def _transferred(was: Case, case: Case, act: Act) -> Case:
    """Another company starts anew, from now; inside the company the clock goes on."""
    if was.company in {"", case.company}:
        return case
    return clockwork.anew(case, act.at, act.town)


def _ladder_anew(case: Case, act: Act) -> Case:
    counted_from = act.now if case.delivered_at is not None else None
    return replace(case, ladder=0, ladder_at=None, delivered_at=counted_from)


def assigned(case: Case, grid: int, roster: Roster) -> Case:
    """The case with the people of a grid: officer, company, and who is tagged."""
    officer = roster.officer_of(grid)
    company = roster.grid_company.get(grid, "")
    tagged = tagged_of(officer, company, roster)
    return replace(
        case,
        grid=grid,
        officer=officer.key if officer else "",
        company=company,
        repairer=tagged.key if tagged else "",
    )


def tagged_of(officer: Person | None, company: str, roster: Roster) -> Person | None:
    """Who is tagged: the officer's pair; the stand-in from the start when that one is away."""
    pair = roster.person(officer.pair) if officer else None
    if pair is not None and not pair.away:
        return pair
    present = (p for p in roster.crew(company, Role.STANDBY) if not p.away)
    return next(present, pair)


def add_words(case: Case, command: commands.AddWords, act: Act) -> Outcome:
    """Words complete the case until it is taken, those of the report always; others are a note.

    A place that nobody knew is taken from any of them.
    Words never lower the tier; a danger named in them raises it at any time.

    Raises:
        NothingChanged: the case has these words already.
    """
    words = command.words.strip()
    if not words or words == case.words:
        raise refusals.NothingChanged
    happened: tuple[events.Event, ...] = (events.WordsAdded(words=words),)
    changed = case
    if case.status is Status.WAITING or command.of_report:
        changed, completed = _completed(replace(case, words=words), command, act)
        happened += completed
    elif command.place and not case.place:
        changed, placed = _placed(case, command.place, command.grid, act)
        happened += placed
    if command.danger and changed.unmended and changed.tier is not Tier.TODAY:
        raised = limiting.with_tier(changed, Tier.TODAY, act.at, act)
        happened += (limiting.tier_changed(changed, raised),)
        changed = raised
    return changed, *happened


def _completed(
    case: Case, command: commands.AddWords, act: Act
) -> tuple[Case, tuple[events.Event, ...]]:
    happened: tuple[events.Event, ...] = ()
    if command.category and command.category != case.category:
        case, recategorised = _recategorised(case, command.category, act)
        happened += recategorised
    if command.place and command.place != case.place:
        case, placed = _placed(case, command.place, command.grid, act)
        happened += placed
    return case, happened


def refuse(case: Case, command: commands.Refuse, act: Act) -> Outcome:
    """退单, with a reason.

    Raises:
        ReasonNeeded: none was given.
    """
    if not (command.reason or command.duplicate_of):
        raise refusals.ReasonNeeded
    changed = replace(
        unasked(case),
        status=Status.REFUSED,
        closed_at=act.at,
        ended_by=act.key,
        reason=command.reason,
        duplicate_of=command.duplicate_of,
    )
    return changed, events.CaseRefused(reason=command.reason, duplicate_of=command.duplicate_of)


def ask_refusal(case: Case, command: commands.AskRefusal, act: Act) -> Outcome:
    """A manager asks for a refusal.

    Raises:
        ReasonNeeded: no reason was given.
    """
    if not command.reason:
        raise refusals.ReasonNeeded
    changed = replace(case, refusal_asked=command.reason, ended_by=act.key)
    return changed, events.RefusalAsked(reason=command.reason)


def decline_refusal(case: Case, _command: commands.DeclineRefusal, _act: Act) -> Outcome:
    """A supervisor declines the refusal that was asked for.

    Raises:
        NothingAsked: none was.
    """
    if not case.refusal_asked:
        raise refusals.NothingAsked
    return replace(case, refusal_asked="", ended_by=""), events.RefusalDeclined()


def hand_over(case: Case, command: commands.HandOver, act: Act) -> Outcome:
    """转派: inside the company by its manager, anywhere by a supervisor.

    Raises:
        WrongPerson: the person named cannot take the case.
        NothingChanged: the case is that person's already.
    """
    person = of_repair_side(command.person, act)
    if act.person and act.person.role is Role.MANAGER and act.person.company != person.company:
        raise refusals.WrongPerson(name=person.name)
    holder = case.claimer or case.repairer
    if holder == person.key:
        raise refusals.NothingChanged
    changed = replace(
        _ladder_anew(case, act),
        status=Status.WAITING,
        repairer=person.key,
        company=person.company,
        claimer="",
        claimed_at=None,
    )
    changed = _transferred(case, changed, act)
    return changed, events.CaseHandedOver(to=person.key, was=holder)


def withdraw(case: Case, command: commands.Withdraw, act: Act) -> Outcome:
    """撤回: at once within the first minute; later while 待对接, with a reason.

    Raises:
        NotNow: the minute is over and somebody has taken it.
        ReasonNeeded: the minute is over and no reason was given.
    """
    young = act.at <= case.opened_at + act.town.rules.opening.withdraw
    if not young and case.status is not Status.WAITING:
        raise refusals.NotNow(act="withdraw", status=case.status.value)
    if not young and not command.reason:
        raise refusals.ReasonNeeded
    changed = replace(
        unasked(case),
        status=Status.WITHDRAWN,
        closed_at=act.at,
        ended_by=act.key,
        reason=command.reason,
    )
    return changed, events.CaseWithdrawn(reason=command.reason)


def release(case: Case, _command: commands.ReleaseScene, _act: Act) -> Outcome:
    """准予撤场.

    Raises:
        NothingChanged: the officer may leave already.
    """
    if case.release is not Release.NO:
        raise refusals.NothingChanged
    return replace(case, release=Release.SUPERVISOR), events.SceneReleased()
