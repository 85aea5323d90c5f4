"""Chats: groups, supergroups and private chats, with their members and what those may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.json_types import Json
    from simulator.messages import Message

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
SILENCED_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)

OPTIONAL_RIGHTS = frozenset({*ADMIN_RIGHTS, "can_pin_messages", "can_manage_topics"}) - {
    "can_manage_chat"
}
"""The rights that whoever promotes somebody may leave out."""

MEMBER = "member"
ADMIN = "administrator"
MUTED = "restricted"
LEFT = "left"
KICKED = "kicked"
PRESENT = frozenset({MEMBER, ADMIN, MUTED})


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is the id of the service message that opened it."""

    id: int
    name: str


@dataclass(slots=True)
class Chat:
    """A chat and everything in it.

    A private chat belongs to one person and one bot; its id is the person's.
    """

    id: int
    type: str
    title: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    """Status by account; who was never here is not in it."""
    withheld: dict[int, frozenset[str]] = field(default_factory=dict)
    """The rights that an administrator was not given."""
    is_forum: bool = False
    privacy: bool = True
    """Whether bots that are no admins see only what is meant for them."""
    available_reactions: list[str] | None = None
    """None: every emoji of Telegram's list."""
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    ephemeral: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    owner_bot: int | None = None
    """The bot of a private chat."""
    last_message_id: int = 0
    last_ephemeral_id: int = 1_000_000_000

    @property
    def is_private(self) -> bool:
        """Whether this is a person's chat with a bot."""
        return self.type == "private"

    def next_message_id(self) -> int:
        """A fresh id; ids of a chat only grow."""
        self.last_message_id += 1
        return self.last_message_id

    def next_ephemeral_id(self) -> int:
        """A fresh id for an ephemeral message, far from those of ordinary ones."""
        self.last_ephemeral_id += 1
        return self.last_ephemeral_id

    def status(self, account: int) -> str:
        """Membership of `account` in Telegram's words."""
        return self.members.get(account, LEFT)

    def has(self, account: int) -> bool:
        """Whether `account` is in the chat now."""
        return self.status(account) in PRESENT

    def is_admin(self, account: int) -> bool:
        """Whether `account` is an administrator."""
        return self.status(account) == ADMIN

    def may(self, account: int, right: str) -> bool:
        """Whether `account` is an administrator who has that right."""
        return self.is_admin(account) and right not in self.withheld.get(account, ())

    @property
    def newest_pinned(self) -> Message | None:
        """The pinned message that was sent last, whichever was pinned last."""
        return self.messages.get(max(self.pinned, default=0))

    def remove(self, message: Message) -> None:
        """Delete a message; it is no longer pinned either."""
        del self.messages[message.id]
        if message.id in self.pinned:
            self.pinned.remove(message.id)

    def present(self) -> list[int]:
        """The accounts that are in the chat now."""
        return [account for account, status in self.members.items() if status in PRESENT]

    def admins(self) -> list[int]:
        """The administrators."""
        return [account for account, status in self.members.items() if status == ADMIN]


def chat_member(chat: Chat, user: Json, status: str) -> Json:
    """The Bot API's `ChatMember` for `user`, as if that were the status in the chat."""
    member: Json = {"status": status, "user": user}
    if status == ADMIN:
        member |= dict.fromkeys(ADMIN_RIGHTS, True)
        member |= {"can_be_edited": False, "is_anonymous": False, "can_pin_messages": True}
        if chat.type == "supergroup":
            member["can_manage_topics"] = True
        member |= dict.fromkeys(chat.withheld.get(user["id"], ()), False)
    elif status == MUTED:
        member |= dict.fromkeys(SILENCED_RIGHTS, False)
        member |= {"is_member": True, "until_date": 0}
    elif status == KICKED:
        member["until_date"] = 0
    return member
