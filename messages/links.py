"""What a case has to do with others, and how far it is on the six steps (六步闭环)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework.case import Status
from messages.safe import Html, escaped, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messages.voice import Voice
    from usecases.views import CardView, DossierView

STEPS: Final = 6


def linked(voice: Voice, view: CardView) -> Iterator[str]:
    """Return the other cases of this one: main case, joined ones, stopgap and cure."""
    case = view.case
    if view.joined:
        yield voice.text("mark-main", count=view.joined)
    if case.main:
        yield voice.text("mark-joined", number=safe(case.main))
    if case.stopgap:
        yield voice.text("mark-stopgap")
    if case.cure:
        yield voice.text("mark-cure", number=safe(case.cure))
    if case.cures and case.open:
        yield voice.text("mark-cures", number=safe(case.cures))


def six_steps(voice: Voice, view: DossierView) -> Html:
    """Return the six steps in one line, and below it how long a closed case took."""
    said = voice.text("steps-line", steps=" ".join(_steps(voice, view)))
    line = escaped(said)
    if view.workdays is None:
        return line
    took = voice.html("workdays-line", days=view.workdays)
    return Html(f"{line}\n{took}")


def _steps(voice: Voice, view: DossierView) -> Iterator[str]:
    """The steps, what is done before what is going on; an ended case goes on with nothing."""
    case = view.card.case
    going = case.open or case.status is Status.CLOSED
    tier = voice.text(f"tier-{case.tier.value.lower()}")
    for number in range(1, STEPS + 1):
        done = "yes" if number <= view.steps else "no"
        if number == view.steps + 1 and going:
            done = "now"
        yield voice.text("step-mark", done=done, step=voice.text(f"step-{number}", tier=tier))
