"""Raw updates as Telegram would bring them, with any piece of them replaced; and who sends them."""

from __future__ import annotations

from typing import Any

from tests.fakes.odd_telegram import CHAT, from_officer, photo

Raw = dict[str, Any]

SMALL = "金城路 路沿石缺失"
PEOPLE = {
    "officer01": 1001,
    "officer02": 1002,
    "repairer01": 1011,
    "repairer02": 1012,
    "supervisor01": 1025,
    "stranger": 6666,
}


def user(name: str, **more: object) -> Raw:
    """An account."""
    return {
        "id": PEOPLE[name],
        "is_bot": False,
        "first_name": name,
        "username": name,
        **more,
    }


def press(update_id: int, who: str, data: str | None, **more: object) -> Raw:
    """A press on a button of a message in the patrol group; `more` replaces any of it."""
    message = {"message_id": 900, "date": 1773108010, "chat": CHAT, "text": "card"}
    query: Raw = {
        "id": str(update_id),
        "from": user(who),
        "chat_instance": "1",
        "message": message,
        "data": data,
    }
    query.update(more)
    return {"update_id": update_id, "callback_query": query}


def said(update_id: int, text: str, **more: object) -> Raw:
    """Words of officer01 in the patrol group."""
    return from_officer(update_id, text=text, **more)


def photo_by(update_id: int, who: str, caption: str = SMALL, **more: object) -> Raw:
    """A photo by somebody in the patrol group."""
    update = photo(update_id, caption)
    update["message"].update({"from": user(who), **more})
    return update
