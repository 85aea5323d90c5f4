"""The card of a case: at most eight lines while it is open, two once it is closed.

The first line carries everything: coloured mark, state in words, number, defect, tier.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from casework.case import OPEN, Release, Status, Tier
from messages.keyboards import card_buttons
from messages.letter import Letter, keyboard
from messages.links import linked
from messages.safe import Html, escaped, safe
from messages.voice import REASON_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.case import Case
    from messages.voice import Voice
    from usecases.views import CardView, Label

MARKS: Final = {
    Status.WAITING: "⚪",
    Status.TAKEN: "🟡",
    Status.REPAIRING: "🟠",
    Status.CHECKING: "🔵",
    Status.REWORK: "🟠",
    Status.CLOSED: "🟢",
    Status.REFUSED: "⚫",
    Status.WITHDRAWN: "⚫",
}
OVERDUE_MARK: Final = "🔴"
WORDS_UNITS: Final = 80
STANDARD_UNITS: Final = 60
MOST_LINES: Final = 8
_NOTHING: Final = timedelta(0)
_ON_SCENE: Final = frozenset({Status.WAITING, Status.TAKEN, Status.REPAIRING})


def card(voice: Voice, view: CardView) -> Letter:
    """Word a card with its buttons."""
    return Letter(card_text(voice, view), keyboard(voice, card_buttons(view)))


def card_text(voice: Voice, view: CardView) -> str:
    """Word a card's lines."""
    if view.case.status not in OPEN:
        return "\n".join(filter(None, _ended_lines(voice, view)))
    lines = list(filter(None, _open_lines(voice, view)))
    if view.standard and view.case.unmended and len(lines) < MOST_LINES:
        lines.insert(_after_limit(lines), standard(voice, view.standard))
    return "\n".join(lines)


def standard(voice: Voice, of: Label) -> Html:
    """Return what a good repair is."""
    return voice.html("card-standard", standard=voice.label(of, STANDARD_UNITS))


def _after_limit(lines: list[Html]) -> int:
    """The place behind the limit, which stands before the counts of photos."""
    return next((at for at, line in enumerate(lines) if line.startswith("📷")), len(lines))


def first_line(voice: Voice, case: Case, defect: Label) -> Html:
    """Return the line that says it all; a late case has the red mark whatever its state."""
    late = case.overdue and case.open
    return voice.html(
        "card-first",
        mark=OVERDUE_MARK if late else MARKS[case.status],
        state=Html(f"<b>{escaped(state(voice, case))}</b>"),
        number=safe(case.number),
        defect=voice.label(defect),
        tier=voice.text(f"tier-{case.tier.value.lower()}"),
    )


def state(voice: Voice, case: Case) -> str:
    """Return a case's state in words."""
    return voice.text(f"status-{case.status.value}", round=case.round)


def _open_lines(voice: Voice, view: CardView) -> Iterator[Html]:
    case = view.case
    yield first_line(voice, case, view.defect)
    yield voice.html("card-place", place=voice.place(case.place, case.grid))
    words = safe(case.words, WORDS_UNITS)
    if words and words != safe(case.place, WORDS_UNITS):
        yield voice.html("card-words", words=words)
    yield _people(voice, view)
    yield _limit(voice, view)
    yield voice.html("card-counts", before=case.before, during=case.during, after=case.after)
    yield escaped(voice.listed((*_marks(voice, view), *linked(voice, view))))
    yield escaped(voice.listed(_pending(voice, view)))


def _people(voice: Voice, view: CardView) -> Html:
    """Officer → repairer; only the repairer is tagged."""
    repairer = voice.mention(view.repairer) if view.repairer else voice.html("nobody-yet")
    company = voice.text("in-company", company=safe(view.company, 40)) if view.company else ""
    if view.case.company_patrol:
        checker = voice.name(view.grid_officer) if view.grid_officer else ""
        key = "card-company-patrol" if checker else "card-company-patrol-alone"
        return voice.html(key, repairer=repairer, company=company, officer=checker)
    officer = voice.name(view.officer)
    if view.grid_officer:
        grid_officer = voice.name(view.grid_officer)
        officer = voice.text("with-grid-officer", officer=officer, grid_officer=grid_officer)
    return voice.html("card-people", officer=officer, repairer=repairer, company=company)


def _limit(voice: Voice, view: CardView) -> Html:
    """Return what runs now and until when, with its live countdown beside it; or what stands."""
    case = view.case
    left = voice.lasting(case.left, case.span.kind) if case.left and case.left > _NOTHING else ""
    if case.suspended_until and case.unmended:
        day = voice.day(case.suspended_until)
        has_left = "yes" if left else "no"
        return voice.html("card-suspended", day=day, left=left, has_left=has_left)
    if case.status is Status.CHECKING and view.check_until:
        until = view.check_until
        running = voice.html("card-check", limit=voice.limit(until), live=voice.live(until))
        stands = voice.html("card-stands", left=left) if left else Html("")
        return Html(f"{running}{stands}")
    line = voice.html(
        "card-limit",
        what=_running(voice, view),
        limit=voice.limit(case.deadline),
        live=voice.live(case.deadline),
    )
    if view.sign_until is None:
        return line
    sign = voice.html("card-sign", limit=voice.limit(view.sign_until))
    return Html(f"{line}{sign}")


def _running(voice: Voice, view: CardView) -> str:
    """Return the name of the repair clock: that of its stage where it has stages."""
    stage = view.case.stage
    if not stage or not view.stages:
        return voice.text("clock-repair")
    name = voice.text(f"stage-{stage}")
    return voice.text("card-stage", stage=name, number=view.stage, count=view.stages)


def _marks(voice: Voice, view: CardView) -> Iterator[str]:
    """What else is to be known at a glance, the most urgent first."""
    case = view.case
    if view.order:
        yield voice.text("mark-order", serial=view.order.rpartition("-")[2])
    shown = {
        "unreadable": case.unreadable,
        "overdue": case.overdue,
        "stage-late": case.stage_late,
        "sign-missing": case.sign_missing,
        "sign-placed": case.sign_at is not None and not case.sign_missing,
        "not-today": case.not_today is not None and case.unmended,
        "rework": bool(case.round) and case.status is not Status.REWORK,
        "remote": case.patrol_remote or case.repair_remote,
        "forwarded": case.forwarded,
        "late-entry": case.late_entry,
        "extended": case.extensions > 0 and case.unmended,
        "promise-withdrawn": bool(case.promises_withdrawn) and case.tier is not Tier.PROMISED,
        "released": case.release not in {Release.NO, Release.NIGHT} and case.status in _ON_SCENE,
        "released-night": case.release is Release.NIGHT and case.status in _ON_SCENE,
    }
    counts = {"round": case.round, "count": case.extensions}
    for word, is_so in shown.items():
        if is_so:
            yield voice.text(f"mark-{word}", **counts)


def _pending(voice: Voice, view: CardView) -> Iterator[str]:
    """Whom the case waits for just now, besides the repair itself."""
    case = view.case
    if case.status is Status.REWORK and case.reason:
        yield voice.text("pending-rework", why=_why(voice, case.reason))
    yield from _asked(voice, case)
    if case.status is Status.CHECKING and (view.patrol_checker or view.repair_checker):
        yield _half_checked(voice, view)


def _asked(voice: Voice, case: Case) -> Iterator[str]:
    """What waits for a supervisor."""
    if case.promise_asked:
        day = voice.day(case.promise_asked)
        yield voice.text("pending-promise", day=day, why=_why(voice, case.promise_reason))
    if case.extension_asked:
        yield voice.text("pending-extension", why=_why(voice, case.extension_reason))
    if case.suspend_asked:
        day = voice.day(case.suspend_asked)
        yield voice.text("pending-suspension", day=day, why=_why(voice, case.suspend_reason))
    if case.hours_asked:
        yield voice.text("pending-hours")
    if case.refusal_asked:
        yield voice.text("pending-refusal", why=_why(voice, case.refusal_asked))


def _half_checked(voice: Voice, view: CardView) -> str:
    if view.patrol_checker:
        return voice.text("pending-repair-key", by=voice.name(view.patrol_checker))
    return voice.text("pending-patrol-key", by=voice.name(view.repair_checker))


def _why(voice: Voice, reason: str) -> str:
    return voice.why(reason, REASON_UNITS // 2)


def _ended_lines(voice: Voice, view: CardView) -> Iterator[Html]:
    case = view.case
    yield first_line(voice, case, view.defect)
    if case.status is Status.CLOSED:
        yield escaped(voice.listed(_closed(voice, view)))
    else:
        yield escaped(voice.listed(_why_ended(voice, view)))


def _closed(voice: Voice, view: CardView) -> Iterator[str]:
    """Who mended it, when, in time or not, and who checked it."""
    case = view.case
    yield _closed_people(voice, view)
    if case.closed_at:
        yield voice.stamp(case.closed_at)
    if case.on_time is not None:
        yield voice.text("closed-on-time" if case.on_time else "closed-late")
    if case.round:
        yield voice.text("mark-rework", round=case.round)
    if case.patrol_remote or case.repair_remote:
        yield voice.text("mark-remote")
    if case.late_entry:
        yield voice.text("mark-late-entry")
    yield from linked(voice, view)


def _closed_people(voice: Voice, view: CardView) -> str:
    """Who reported it and who mended it; of a find of the company's own, who checked it."""
    repairer = voice.name(view.repairer) if view.repairer else ""
    if view.case.company_patrol:
        by = voice.name(view.patrol_checker)
        return voice.text("closed-company-patrol", repairer=repairer, by=by)
    return voice.text("closed-people", officer=voice.name(view.officer), repairer=repairer)


def _why_ended(voice: Voice, view: CardView) -> Iterator[str]:
    case = view.case
    if case.duplicate_of:
        yield voice.text("ended-duplicate", number=safe(case.duplicate_of))
    elif case.reason:
        yield voice.text("ended-reason", reason=voice.reason(case.reason))
    if view.ended_by:
        yield voice.name(view.ended_by)
