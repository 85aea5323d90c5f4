"""The repair side's acts: taking, beginning, warning sign, after-photo, further photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clockwork, events, refusals
from casework.case import Phase, Release, Status
from casework.changing import replace
from casework.stages import StageName

if TYPE_CHECKING:
    from casework import commands
    from casework.act import Act, Outcome
    from casework.case import Case
    from casework.people import Person


def claim(case: Case, _command: commands.Claim, act: Act) -> Outcome:
    """Take the case; the officer may leave.

    Raises:
        AlreadyYours: the same person has taken it.
        AlreadyTaken: somebody else has.
    """
    if case.claimer == act.key and case.status is not Status.WAITING:
        raise refusals.AlreadyYours
    if case.status is not Status.WAITING:
        raise refusals.AlreadyTaken(by=case.claimer)
    return taken(case, act.key, act), events.CaseClaimed(by=act.key)


def claim_for(case: Case, command: commands.ClaimFor, act: Act) -> Outcome:
    """A supervisor takes the case in the name of somebody of the repair side.

    Raises:
        WrongPerson: the person named is not of the repair side.
    """
    person = of_repair_side(command.person, act)
    changed = replace(taken(case, person.key, act), company=person.company, repairer=person.key)
    if case.company not in {"", person.company}:
        changed = clockwork.anew(changed, act.at, act.town)
    return changed, events.CaseClaimed(by=act.key, for_whom=person.key)


def of_repair_side(key: str, act: Act) -> Person:
    """The person with this key.

    Raises:
        WrongPerson: nobody of the repair side has this key.
    """
    person = act.town.roster.person(key)
    if person is None or not person.repair_side:
        raise refusals.WrongPerson(name=act.town.roster.name(key))
    return person


def taken(case: Case, by: str, act: Act) -> Case:
    """The case, taken by somebody."""
    person = act.town.roster.person(by)
    company = case.company or (person.company if person else "")
    return replace(
        case,
        status=Status.TAKEN,
        claimer=by,
        company=company,
        claimed_at=act.at,
        release=case.release or Release.CLAIMED,
        refusal_asked="",
    )


def begin(case: Case, _command: commands.Begin, act: Act) -> Outcome:
    """Work begins on the spot; whoever begins an untaken case has taken it."""
    if case.status is Status.REPAIRING:
        raise refusals.AlreadyYours
    changed, happened = _claimed_first(case, act)
    return replace(changed, status=Status.REPAIRING), *(*happened, events.WorkBegun())


def place_sign(case: Case, _command: commands.PlaceSign, act: Act) -> Outcome:
    """The warning sign stands; where guarding is a stage of its own, it is over."""
    changed, happened = _claimed_first(case, act)
    changed = replace(changed, sign_at=changed.sign_at or act.at)
    happened = (*happened, events.SignPlaced())
    if changed.stage == StageName.GUARD:
        changed, finished = _finished(changed, act)
        happened = (*happened, *finished)
    return changed, *happened


def _finished(case: Case, act: Act) -> tuple[Case, tuple[events.Event, ...]]:
    """The running stage is proven: the limit of the next one starts at the photo's time."""
    changed = clockwork.staged_on(case, act.at, act.town)
    if changed.stage == case.stage:
        return case, ()
    late = case.overdue or (case.left is None and act.at > case.deadline)
    finished = events.StageFinished(
        stage=case.stage, late=late, next=changed.stage, deadline=changed.deadline
    )
    return changed, (finished,)


def submit(case: Case, command: commands.Submit, act: Act) -> Outcome:
    """The after-photo opens the joint check; in time or late is judged by its own time.

    What was asked for because it could not be mended in time has no object any more.
    Before the last stage it ends the running stage only.
    """
    changed, happened = _claimed_first(case, act)
    if clockwork.next_stage(changed, act.town) is not None:
        return _stage_proven(changed, happened, act)
    late = act.at > case.deadline if case.left is None else case.overdue
    changed = replace(
        clockwork.stopped(changed, act.at, act.town),
        status=Status.CHECKING,
        submitted_at=act.at,
        submitted_by=act.key,
        stopgap=case.stopgap or command.stopgap,
        not_today=None,
        hours_asked=False,
        promise_asked=None,
        extension_asked=False,
        suspend_asked=None,
        after=changed.after + 1,
        overdue=late,
        late_entry=changed.late_entry or (not late and _too_late(case, act)),
        patrol_key="",
        patrol_remote=False,
        repair_key="",
        repair_remote=False,
    )
    if changed.stopgap and not case.stopgap:
        happened = (*happened, events.StopgapMarked())
    submitted = events.ClosureSubmitted(by=act.key, round=case.round, late=late)
    return changed, *(*happened, submitted)


def _stage_proven(case: Case, happened: tuple[events.Event, ...], act: Act) -> Outcome:
    """A stage is over, and the work goes on; what guards the place is a warning sign, too."""
    guarded = case.sign_at or (act.at if case.stage == StageName.GUARD else None)
    going_on = Status.REPAIRING if case.status is Status.TAKEN else case.status
    changed = replace(case, status=going_on, sign_at=guarded, during=case.during + 1)
    changed, finished = _finished(changed, act)
    return changed, *(*happened, *finished)


def _too_late(case: Case, act: Act) -> bool:
    """Whether it would have been late, had it been sent when it was handled."""
    return case.left is None and act.now > case.deadline


def _claimed_first(case: Case, act: Act) -> tuple[Case, tuple[events.Event, ...]]:
    if case.status is not Status.WAITING:
        return case, ()
    return taken(case, act.key, act), (events.CaseClaimed(by=act.key),)


def add_photo(case: Case, command: commands.AddPhoto, _act: Act) -> Outcome:
    """Count further photos of a phase."""
    before = command.count if command.phase is Phase.BEFORE else 0
    during = command.count if command.phase in {Phase.DURING, Phase.SIGN} else 0
    after = command.count if command.phase in {Phase.AFTER, Phase.CHECK} else 0
    changed = replace(
        case,
        before=case.before + before,
        during=case.during + during,
        after=case.after + after,
    )
    return changed, events.PhotosAdded(phase=command.phase.value, count=command.count)
