"""Words complete a case: its category, place and danger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import commands
from casework.decide import decide
from casework.refusals import Refusal
from usecases import saving

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from casework.reading import Caption
    from usecases.office import Office


def complete(
    office: Office, case: Case, caption: Caption, act: Act, *, of_report: bool = False
) -> Case:
    """Add words to a case; they fill in what they name, and change nothing if they say nothing.

    `of_report`: they came with the photo, or within the time that counts as with it.
    """
    command = commands.AddWords(
        words=caption.text,
        category=caption.guess.category.code if caption.guess.sure else None,
        place=caption.place.text if caption.place else "",
        grid=caption.place.grid if caption.place else None,
        danger=caption.danger,
        of_report=of_report,
    )
    try:
        decision = decide(case, command, act)
    except Refusal:
        return case
    return saving.save(office, case, decision.case, decision.events, act)
