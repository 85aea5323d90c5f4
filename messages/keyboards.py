"""Which buttons a card or sheet carries in each state: what is needed most, at most two a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework.case import OPEN, Status, Tier
from usecases.views import Action, Button

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.case import Case
    from usecases.views import CardView, Label

ButtonRows = tuple[tuple[Button, ...], ...]

_STYLES: Final = {
    Action.CLAIM: "primary",
    Action.PASS: "success",
    Action.REWORK: "danger",
}


def card_buttons(view: CardView) -> ButtonRows:
    """Return a card's buttons; a menu, where the card itself must show it, takes their place."""
    if view.menu:
        return view.menu
    case = view.case
    rows = _open_rows(case) if case.status in OPEN else ()
    if view.guesses:
        rows = (*rows, tuple(_guess(case, code, names) for code, names in view.guesses))
    return (*rows, (_button(case, Action.UNDO),)) if view.undo_until else rows


def check_buttons(case: Case) -> ButtonRows:
    """Return the two keys and 返工, as the sheet carries them while the check is open."""
    if case.status is not Status.CHECKING:
        return ()
    return (
        (_button(case, Action.PASS), _button(case, Action.REMOTE)),
        (_button(case, Action.REWORK),),
    )


def _open_rows(case: Case) -> ButtonRows:
    last = (_tier(case), _button(case, Action.MORE))
    if case.status is Status.CHECKING:
        keys, (rework,) = check_buttons(case)
        return (keys, (rework, _button(case, Action.MORE)))
    acts = tuple(_button(case, action) for action in _acts(case))
    return (acts, last) if acts else (last,)


def _acts(case: Case) -> Iterator[Action]:
    """What the repair side does next; two at most."""
    if case.status is Status.WAITING:
        yield Action.CLAIM
        return
    if case.status is Status.TAKEN:
        yield Action.BEGIN
    if case.suspended:
        yield Action.RESUME
    elif case.not_today is None and case.tier is not Tier.PROMISED:
        yield Action.NOT_TODAY


def _tier(case: Case) -> Button:
    """One tap for the other tier: up by anyone on the case, down by a supervisor."""
    other = Tier.THREE_DAYS if case.danger else Tier.TODAY
    word = "tier-down" if case.danger else "tier-up"
    return Button(action=Action.TIER, case_id=case.id, arg=other.value, word=word)


def _guess(case: Case, code: str, names: Label) -> Button:
    """A wrong guess of the category is put right with one tap."""
    return Button(action=Action.CATEGORY, case_id=case.id, arg=code, names=names)


def _button(case: Case, action: Action) -> Button:
    style = _STYLES.get(action, "")
    return Button(action=action, case_id=case.id, round=case.round, style=style)
