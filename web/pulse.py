"""The stamps that the parts of the bot leave while they work; the judgement reads them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from web.health import Complaint, Limits, Reason, Signs, judge

if TYPE_CHECKING:
    from collections.abc import Callable


class Pulse:
    """What was last seen of each part. Used in the event loop's thread."""

    def __init__(self, steady: Callable[[], float], limits: Limits) -> None:
        """`steady` tells seconds that nobody puts right, such as the event loop's own time."""
        self._steady = steady
        self._heard = self._wrote = steady()
        self.limits = limits
        self.phase: Complaint | None = Complaint.STARTING
        self.clock_off: timedelta | None = None
        self.disk_mb: int | None = None
        self.contested = False
        self.photos_refused = False

    def begin(self) -> None:
        """The product is at work; from now on it must show progress."""
        self._heard = self._wrote = self._steady()
        self.phase = None

    def heard(self) -> None:
        """A poll or a look at the webhook has succeeded, and what came is committed."""
        self._heard = self._steady()

    def wrote(self) -> None:
        """The writer has committed."""
        self._wrote = self._steady()

    def contest(self, on: bool) -> None:  # noqa: FBT001 - it is all there is to tell
        """Another program has begun, or ceased, to poll with the same token."""
        self.contested = on

    def disk(self, *, refused: bool) -> None:
        """The disk has refused a photo, or taken one."""
        self.photos_refused = refused

    def signs(self) -> Signs:
        """How things stand now."""
        now = self._steady()
        return Signs(
            phase=self.phase,
            heard=timedelta(seconds=now - self._heard),
            wrote=timedelta(seconds=now - self._wrote),
            clock_off=self.clock_off,
            disk_mb=self.disk_mb,
            photos_refused=self.photos_refused,
            contested=self.contested,
        )

    def reasons(self) -> tuple[Reason, ...]:
        """The judgement on how things stand now."""
        return judge(self.signs(), self.limits)
