"""A bot of a few lines, so that the chat page has somebody to talk to.

It opens a card for a photo, lets it be taken and passed by two people, posts a sheet for a photo
in reply, answers with toasts, alerts and words for one person's eyes.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    Rows = Sequence[Sequence[tuple[str, str, str | None]]]

Json = dict[str, Any]

CARD = "🔴 <b>待对接</b> XC-20260105-0001 井盖破损 · 当天\n📍 金城路与鼓楼路口东侧 · 1号网格"
TAKEN = "🟡 <b>已接单</b> XC-20260105-0001 井盖破损 · 当天\n王建国 → 李强"
CLOSED = "🟢 <b>已结案</b> XC-20260105-0001 井盖破损"
KEYS = [[("查验通过", "pass", "success"), ("返工", "rework", "danger")]]
OPEN_KEYS = [[("接单", "take", "primary"), ("更多", "more", None)]]


def keyboard(rows: Rows) -> Json:
    """An inline keyboard from rows of (text, data, style)."""
    return {
        "inline_keyboard": [
            [
                {"text": text, "callback_data": data} | ({"style": style} if style else {})
                for text, data, style in row
            ]
            for row in rows
        ]
    }


class ScriptedBot:
    """Speaks the Bot API over HTTP; in its `with` block it answers, in a thread."""

    def __init__(self, base_url: str, token: str, *, answers: bool = True) -> None:
        self._answers = answers
        self._client = httpx.Client(base_url=f"{base_url}/bot{token}/", timeout=20)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)
        self._cards: dict[int, Json] = {}
        self._albums: set[str] = set()

    def __enter__(self) -> Self:
        if self._answers:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        if self._answers:
            # A second poll ends the first one, which would otherwise wait for its time-out.
            self._client.post("getUpdates", json={"timeout": 0, "limit": 1})
            self._thread.join()
        self._client.close()

    def call(self, method: str, **parameters: object) -> Any:
        """One call; the result, or an error with Telegram's words."""
        files = {name: value for name, value in parameters.items() if isinstance(value, bytes)}
        plain = {name: value for name, value in parameters.items() if name not in files}
        if files:
            form = {n: v if isinstance(v, str) else json.dumps(v) for n, v in plain.items()}
            uploads = {name: (f"{name}.jpg", data) for name, data in files.items()}
            answer = self._client.post(method, data=form, files=uploads).json()
        else:
            answer = self._client.post(method, json=plain).json()
        if not answer["ok"]:
            raise RuntimeError(f"{method}: {answer['description']}")
        return answer["result"]

    def _poll(self) -> None:
        offset = 0
        while not self._stopping.is_set():
            asked = {"offset": offset, "timeout": 20}
            answer = self._client.post("getUpdates", json=asked, timeout=40).json()
            for update in answer.get("result", []):
                offset = update["update_id"] + 1
                self._handle(update)

    def _handle(self, update: Json) -> None:
        if "callback_query" in update:
            self._pressed(update["callback_query"])
        elif "message" in update and "photo" in update["message"]:
            self._photo(update["message"])

    def _photo(self, message: Json) -> None:
        album = message.get("media_group_id")
        if album in self._albums:
            return
        if album:
            self._albums.add(album)
        chat, number = message["chat"]["id"], message["message_id"]
        if "reply_to_message" in message:
            self._sheet(message)
            return
        reaction = [{"type": "emoji", "emoji": "✍"}]
        self.call("setMessageReaction", chat_id=chat, message_id=number, reaction=reaction)
        card = self._say(chat, CARD, number, OPEN_KEYS)
        self._cards[card["message_id"]] = {"passed": set(), "report": number, "card": card}

    def _say(self, chat: int, words: str, reply_to: int, rows: Rows) -> Json:
        sent: Json = self.call(
            "sendMessage",
            chat_id=chat,
            text=words,
            parse_mode="HTML",
            reply_parameters={"message_id": reply_to},
            reply_markup=keyboard(rows),
        )
        return sent

    def _sheet(self, message: Json) -> None:
        target = message["reply_to_message"]["message_id"]
        found = [c for n, c in self._cards.items() if target in {n, c["report"]}]
        if not found:
            return
        largest = message["photo"][-1]["file_id"]
        sheet = self.call(
            "sendPhoto",
            chat_id=message["chat"]["id"],
            photo=largest,
            caption="前后对比，请查验",
            reply_parameters={"message_id": found[0]["report"]},
            reply_markup=keyboard(KEYS),
        )
        self._cards[sheet["message_id"]] = found[0]

    def _pressed(self, query: Json) -> None:
        number = query["message"]["message_id"]
        case = self._cards.get(number)
        name = query["from"]["username"]
        if query["data"] == "more":
            self._answer_one(query)
            self._toast(query, "")
        elif query["data"] == "take" and name != "repairer01":
            self._toast(query, "只有李强、东城替班、东城经理能接单", alert=True)
        elif query["data"] == "take" and case is not None:
            self._edit(case, TAKEN, KEYS)
            self._toast(query, "已接单")
        elif query["data"] == "pass" and case is not None:
            self._passed(query, case)
        else:
            self._toast(query, "知道了")

    def _passed(self, query: Json, case: Json) -> None:
        case["passed"].add(query["from"]["id"])
        if len(case["passed"]) > 1:
            self._edit(case, CLOSED, [])
        self._toast(query, "查验通过")

    def _edit(self, case: Json, words: str, rows: Rows) -> None:
        card = case["card"]
        self.call(
            "editMessageText",
            chat_id=card["chat"]["id"],
            message_id=card["message_id"],
            text=words,
            parse_mode="HTML",
            **({"reply_markup": keyboard(rows)} if rows else {}),
        )

    def _answer_one(self, query: Json) -> None:
        self.call(
            "sendMessage",
            chat_id=query["message"]["chat"]["id"],
            text="这是只给你看的菜单",
            ephemeral_message_parameters={"receiver_user_id": query["from"]["id"]},
            reply_markup=keyboard([[("知道了", "ok", None)]]),
        )

    def _toast(self, query: Json, words: str, *, alert: bool = False) -> None:
        self.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=words, show_alert=alert
        )
