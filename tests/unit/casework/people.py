"""The sample town for the rules of a case: its people, a case of grid 1, and who acts when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.config import sample
from bot.config.city import town as built
from casework import clockwork, commands
from casework.act import Act
from casework.arranging import assigned
from casework.case import Case, Phase, Release, Status, Tier
from casework.decide import decide

if TYPE_CHECKING:
    from casework.town import Town

ZONE = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 10, 9, 0, tzinfo=ZONE).astimezone(UTC)
"""09:00 of an ordinary Tuesday."""


@cache
def town() -> Town:
    """The sample town."""
    return built(sample({}))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A clock time of March 2026 in the city."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def case(**changes: Any) -> Case:
    """A waiting case of three days in grid 1, reported by officer01 at nine."""
    reported = changes.pop("reported_at", NINE)
    bare = Case(
        id=1,
        number="XC-20260310-0001",
        category="kerb",
        chat="-4000001",
        photo_message="1",
        reporter="officer01",
        reported_at=reported,
        opened_at=reported,
        deadline=reported,
        before=1,
    )
    bare = replace(bare, tier=changes.get("tier", bare.tier))
    return replace(assigned(clockwork.by_rule(bare, reported, town()), 1, town().roster), **changes)


def standing(status: Status) -> Case:
    """A case in this status, as it comes to it."""
    if status is Status.WAITING:
        return case()
    taken = case(
        status=status, claimer="repairer01", claimed_at=local(10, 9, 10), release=Release.CLAIMED
    )
    if status is Status.CHECKING:
        mended = clockwork.stopped(taken, local(10, 10), town())
        return replace(mended, submitted_at=local(10, 10), submitted_by="repairer01", after=1)
    if status is Status.REWORK:
        return replace(taken, round=1)
    return taken


def act(who: str = "", at: datetime = NINE, now: datetime | None = None) -> Act:
    """Somebody acts; the clock when nobody is named."""
    person = town().roster.person(who) if who else None
    return Act(person=person, at=at, now=now or at, town=town())


def after(one: Case, command: commands.Command, by: Act) -> Case:
    """The case once it is decided."""
    return decide(one, command, by).case


SAMPLES: dict[type[commands.Command], commands.Command] = {
    type(command): command
    for command in (
        commands.Claim(),
        commands.ClaimFor(person="repairer02"),
        commands.Begin(),
        commands.PlaceSign(),
        commands.Submit(),
        commands.AddPhoto(phase=Phase.BEFORE),
        commands.Pass(),
        commands.Rework(),
        commands.GiveUpToday(),
        commands.GrantHours(hours=6),
        commands.AskPromise(day=date(2026, 3, 20), reason="long-works"),
        commands.AnswerPromise(agree=True),
        commands.WithdrawPromise(),
        commands.AskExtension(reason="materials"),
        commands.AnswerExtension(agree=True),
        commands.AskSuspension(day=date(2026, 4, 1), reason="permits"),
        commands.AnswerSuspension(agree=True),
        commands.Resume(),
        commands.SetTier(tier=Tier.TODAY),
        commands.SetDeadline(deadline=local(20, 12)),
        commands.SetCategory(category="none"),
        commands.SetPlace(place="鼓楼路", grid=1),
        commands.AddWords(words="鼓楼路"),
        commands.Refuse(reason="not-ours"),
        commands.AskRefusal(reason="not-ours"),
        commands.DeclineRefusal(),
        commands.HandOver(person="repairer02"),
        commands.Withdraw(reason="mistake"),
        commands.ReleaseScene(),
        commands.Join(main="XC-20260310-0009"),
        commands.Lead(cases=("XC-20260310-0009",)),
        commands.Part(),
        commands.Follow(),
        commands.MarkStopgap(),
        commands.MarkOverdue(),
        commands.MarkSignMissing(),
        commands.Remind(),
        commands.DraftOrder(),
        commands.IssueOrder(rung=2, number="2026-1"),
        commands.DeclineOrder(rung=2),
    )
}
"""One of each command."""
