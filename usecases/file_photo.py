"""A photo in reply to a case, or with its number: warning sign, work, after-photo, check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clockwork, commands
from casework.case import Phase, Status
from casework.changing import replace
from casework.decide import decide
from casework.permissions import CREW, PATROL_KEY, relations
from casework.refusals import Refusal
from usecases import consequences, saving
from usecases.perform import remember
from usecases.report_defect import keep_photo

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from casework.commands import Command
    from casework.people import Person
    from usecases.inputs import PhotoPosted
    from usecases.office import Office


def file_photo(
    office: Office, case: Case, posted: PhotoPosted, person: Person, words: str
) -> Case | None:
    """File a photo under a case; None when nothing changes (it gets 🤔 then)."""
    phase = phase_of(office, case, person, words)
    if phase is None:
        unclear(office, posted)
        return None
    act = replace(office.act(person, posted.source.at), photo=posted.source.message)
    told = bool(words) and person.repair_side
    command = _proof(office, case, posted, person, words) or command_of(case, phase, told=told)
    if isinstance(command, commands.Submit) and office.town.words.stopgap_words(words):
        command = replace(command, stopgap=True)
    try:
        changed = _changed(office, case, phase, act, command)
    except Refusal:
        unclear(office, posted)
        return None
    shown = command.phase if isinstance(command, commands.AddPhoto) else phase
    keep_photo(office, posted, changed.id, person, shown)
    return changed


def _proof(
    office: Office, case: Case, posted: PhotoPosted, person: Person, words: str
) -> Command | None:
    """The end of a stage, where it has stages and this photo shows its work done.

    One more photo within moments shows the same, and does not end the next stage, too.
    """
    staged = clockwork.next_stage(case, office.town) is not None
    if not staged or _shown(office, case, person, words) is not Phase.AFTER:
        return None
    since = posted.source.at - office.town.rules.opening.join
    photos = office.uow.photos.of_case(case.id)
    last = next((p for p in reversed(photos) if p.person == person.key and p.at >= since), None)
    return commands.AddPhoto(phase=last.phase) if last is not None else commands.Submit()


def _changed(office: Office, case: Case, phase: Phase, act: Act, command: Command) -> Case:
    decision = decide(case, command, act)
    changed = _counted(decision.case, phase, command)
    if isinstance(command, commands.Submit) or changed.stage != case.stage:
        remember(office, case, changed, act)
    return saving.save(office, case, changed, decision.events, act)


def unclear(office: Office, posted: PhotoPosted) -> None:
    """Say 🤔: a photo that changes nothing."""
    source = posted.source
    consequences.react_on(office, source.chat, source.message, consequences.UNCLEAR)


def phase_of(office: Office, case: Case, person: Person, words: str) -> Phase | None:
    """What a photo by this person shows of this case; None: it is none of theirs.

    Before the last stage, work that is done is what this stage must show.
    """
    phase = _shown(office, case, person, words)
    if phase is Phase.AFTER and clockwork.next_stage(case, office.town) is not None:
        return clockwork.evidence(case, office.town)
    return phase


def _shown(office: Office, case: Case, person: Person, words: str) -> Phase | None:
    held = relations(case, person, office.town.roster)
    if not case.open:
        return None
    if held & CREW:
        return _crew_phase(office, words)
    if held & PATROL_KEY or case.reporter == person.key:
        return _patrol_phase(case)
    return None


def _crew_phase(office: Office, words: str) -> Phase:
    if office.town.words.sign_words(words):
        return Phase.SIGN
    if office.town.words.stopgap_words(words):
        return Phase.AFTER
    if office.town.words.begin_words(words) or office.town.words.not_yet(words):
        return Phase.DURING
    return Phase.AFTER


def _patrol_phase(case: Case) -> Phase:
    if case.status is Status.WAITING:
        return Phase.BEFORE
    return Phase.CHECK if case.status is Status.CHECKING else Phase.DURING


def command_of(case: Case, phase: Phase, *, told: bool = True) -> Command:
    """The command that a photo of this phase stands for; `told`: a repairer says what it shows."""
    unfinished = case.unmended
    if phase is Phase.SIGN and unfinished:
        return commands.PlaceSign()
    if phase is Phase.DURING and unfinished and told and case.status is not Status.REPAIRING:
        return commands.Begin()
    if phase is Phase.AFTER and unfinished:
        return commands.Submit()
    return commands.AddPhoto(phase=phase)


def _counted(case: Case, phase: Phase, command: Command) -> Case:
    """Begin and PlaceSign came with a photo, which counts as one of the work."""
    if isinstance(command, (commands.Begin, commands.PlaceSign)) and phase is not Phase.AFTER:
        return replace(case, during=case.during + 1)
    return case
