"""Which buttons a card or sheet carries in each state: what is needed most, at most two a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework.case import OPEN, Status, Tier
from usecases.views import Action, Button

if TYPE_CHECKING:
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
    more = _button(case, Action.MORE)
    if case.status is Status.CHECKING:
        keys, (rework,) = check_buttons(case)
        return (keys, (rework, more))
    if case.status is Status.WAITING:
        return ((_button(case, Action.CLAIM), more),)
    acts = [_button(case, Action.BEGIN)] if case.status is Status.TAKEN else []
    if case.not_today is None and case.tier is not Tier.PROMISED:
        acts.append(_button(case, Action.NOT_TODAY))
    everything = (*acts, more)
    return tuple(everything[at : at + 2] for at in range(0, len(everything), 2))


def _guess(case: Case, code: str, names: Label) -> Button:
    """A wrong guess of the category is put right with one tap."""
    return Button(action=Action.CATEGORY, case_id=case.id, arg=code, names=names)


def _button(case: Case, action: Action) -> Button:
    style = _STYLES.get(action, "")
    return Button(action=action, case_id=case.id, round=case.round, style=style)
