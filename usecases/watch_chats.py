"""The bot's own standing in chats: removed, muted, back; private chats opened and blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.changing import replace
from usecases import board, consequences
from usecases.records import Binding, Chat

if TYPE_CHECKING:
    from usecases.inputs import BotMoved, GroupMigrated
    from usecases.office import Office

_WORDS = {"muted": "bot-muted", "gone": "bot-gone", "here": "bot-back"}


def bot_moved(office: Office, moved: BotMoved) -> None:
    """The bot's rights in a chat changed."""
    if not office.uow.first_time(moved.update_id, office.now):
        return
    if moved.private:
        _private(office, moved)
        return
    chat = office.uow.chats.get(moved.chat)
    if chat is not None:
        set_state(office, chat, moved.state)
        if moved.state == "here":
            board.allowed(office, chat.chat)


def _private(office: Office, moved: BotMoved) -> None:
    binding = office.uow.people.by_account(moved.account)
    if binding is not None:
        private = moved.chat if moved.state == "here" else ""
        office.uow.people.save(replace(binding, private=private))


def back(office: Office, chat_id: str) -> None:
    """The bot is in a group after all."""
    chat = office.uow.chats.get(chat_id)
    if chat is not None:
        set_state(office, chat, "here")


def set_state(office: Office, chat: Chat, state: str) -> None:
    """Note the bot's standing in a group; its outbox waits while it may not speak there."""
    if chat.state == state:
        return
    back = state == "here"
    office.uow.chats.save(replace(chat, state=state))
    stamp = office.now.timestamp()
    group = office.town.groups.get(chat.origin)
    managers = "no" if group is None or group.patrols else "yes"
    for supervisor in office.supervisors():
        fact = {"words": _WORDS[state], "fields": {"managers": managers}}
        office.tell_privately(supervisor, f"{_WORDS[state]}:{chat.chat}:{stamp:.0f}", fact)
    if back:
        # A card that was deleted meanwhile is found by its edit, even by one that changes nothing.
        for case in office.uow.cases.open_all():
            if case.chat == chat.chat:
                consequences.freshen(office, case, anyway=True)


def migrated(office: Office, moved: GroupMigrated) -> None:
    """A group became a supergroup: every binding and everything that waits moves along.

    Its messages of before are out of reach, so open cases get new cards there.
    """
    if moved.update_id and not office.uow.first_time(moved.update_id, office.now):
        return
    chat = office.uow.chats.get(moved.old)
    if chat is not None and moved.new != moved.old:
        follow(office, moved.old, moved.new)
        for case in office.uow.cases.open_all():
            if case.chat == moved.new and case.delivered_at is not None:
                consequences.card(office, case, again=f"in{moved.new}")


def follow(office: Office, old: str, new: str) -> None:
    """Lead what came of something that was said in a group before it moved to where it is now."""
    office.uow.chats.move(old, new)
    office.uow.team.ban_moved(old, new)


def know_groups(office: Office) -> None:
    """At a start: note the groups of the configuration, and that the bot may speak there.

    What changed while the bot was away it may never hear of; the first refusal tells it.
    """
    for group in office.town.groups.values():
        chat = _known(office, group.chat)
        if chat is None:
            office.uow.chats.save(Chat(chat=group.chat, origin=group.chat))
        elif chat.state != "here":
            office.uow.chats.save(replace(chat, state="here"))
    if office.uow.chats.forget_others(office.town.groups):
        _lead_home(office)


def _lead_home(office: Office) -> None:
    """Open cases of groups that the configuration no longer has go on in the first that patrols.

    Nobody could press anything there any more; they get new cards.
    """
    homes = [office.uow.chats.by_origin(one.chat) for one in office.town.groups.values()]
    here = {home.chat for home in homes if home is not None}
    group = next((one for one in office.town.groups.values() if one.patrols), None)
    home = office.uow.chats.by_origin(group.chat) if group is not None else None
    lost = {case.id: case.chat for case in office.uow.cases.open_all() if case.chat not in here}
    if home is None:
        return
    for chat in dict.fromkeys(lost.values()):
        follow(office, chat, home.chat)
    for case in office.uow.cases.open_all() if lost else ():
        if case.id in lost and case.delivered_at is not None:
            consequences.card(office, case, again=f"in{home.chat}:{office.now.timestamp():.0f}")


def _known(office: Office, origin: str) -> Chat | None:
    """A group of the configuration; after a move the office may have put its new id there."""
    chats = office.uow.chats
    moved = chats.get(origin)
    if moved is not None and moved.origin not in office.town.groups:
        chats.name_anew(moved.origin, origin)
    return chats.by_origin(origin) or moved


def opened_private(office: Office, binding: Binding, chat: str) -> None:
    """Somebody wrote to the bot privately: what concerns them goes there from now on."""
    if binding.private != chat:
        office.uow.people.save(replace(binding, private=chat))
