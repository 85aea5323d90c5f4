"""What people post, and how it reaches the bot: photos, files, albums, edits, topics."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import aiohttp
import pytest
from PIL import Image

from tests.contract.people import (
    GROUP,
    OFFICER,
    REPAIRER,
    SUPERVISOR,
    People,
    heard,
    picture,
)

if TYPE_CHECKING:
    from aiogram import Bot


async def test_a_photo_comes_in_real_sizes_without_its_metadata(people: People, bot: Bot) -> None:
    """Re-encoded as Telegram does; the largest stands last; people can fetch each."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (4000, 3000), "red").save(out, "JPEG", exif=exif)
    await people.show(OFFICER, [out.getvalue()], caption="金城路")
    (message,) = await heard(bot)
    assert [(size.width, size.height) for size in message.photo or []] == [
        (90, 68),
        (320, 240),
        (800, 600),
        (1280, 960),
    ]
    seen = (await people.see(OFFICER))[-1]["photo"]
    for size in seen:
        async with people.session.get(size["url"]) as answer:
            data = await answer.read()
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (size["width"], size["height"])
            assert not image.getexif()
        assert len(data) == size["file_size"]


async def test_a_document_keeps_its_bytes(people: People, bot: Bot) -> None:
    """With name and type; a picture gets a thumbnail."""
    data = picture(form="PNG")
    await people.show(OFFICER, [data], field="document", caption="原图")
    (message,) = await heard(bot)
    assert message.document is not None
    assert message.document.mime_type == "image/jpeg"
    assert message.document.thumbnail is not None
    file = await bot.get_file(message.document.file_id)
    assert file.file_path is not None
    fetched = await bot.download_file(file.file_path)
    assert fetched is not None
    assert fetched.read() == data


def broken_pictures() -> dict[str, bytes]:
    """What strangers send."""
    whole = picture()
    huge = io.BytesIO()
    Image.new("1", (20000, 20000)).save(huge, "PNG")
    return {
        "empty": b"",
        "no picture": b"%PDF-1.7 not a picture",
        "truncated": whole[: len(whole) // 2],
        "huge": huge.getvalue(),
        "polyglot": b"GIF89a<script>alert(1)</script>",
        "html": b"<html><script>alert(1)</script></html>",
    }


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
async def test_bytes_that_are_no_picture_are_kept_as_they_are(people: People, bot: Bot) -> None:
    """A person's app sent them, so the bot has to live with them."""
    for name, data in broken_pictures().items():
        await people.show(OFFICER, [data], caption=name)
        (message,) = await heard(bot)
        assert message.photo is not None
        file = await bot.get_file(message.photo[-1].file_id)
        assert file.file_path is not None
        fetched = await bot.download_file(file.file_path)
        assert fetched is not None
        assert fetched.read() == data, name


async def test_a_file_of_more_than_20_mb_cannot_be_fetched(people: People, bot: Bot) -> None:
    """The bot hears of it all the same."""
    await people.show(OFFICER, [b"\0" * (20 * 1024 * 1024 + 1)], field="document")
    (message,) = await heard(bot)
    assert message.document is not None
    with pytest.raises(Exception, match="file is too big"):
        await bot.get_file(message.document.file_id)


async def test_videos_voices_and_places_have_their_fields(people: People, bot: Bot) -> None:
    """A video brings a thumbnail."""
    await people.show(OFFICER, [b"video"], field="video", caption="井盖")
    await people.show(OFFICER, [b"voice"], field="voice")
    body = {"from": OFFICER, "latitude": 35.1, "longitude": 118.3}
    await people.call("POST", f"/chats/{GROUP}/messages", body)
    video, voice, place = await heard(bot)
    assert video.video is not None
    assert video.video.thumbnail is not None
    assert video.caption == "井盖"
    assert voice.voice is not None
    assert place.location is not None
    assert place.location.latitude == 35.1


async def test_a_reply_carries_what_it_answers(people: People, bot: Bot) -> None:
    """One level deep."""
    first = await people.say(OFFICER, "一")
    second = await people.say(REPAIRER, "二", reply_to=first)
    await people.say(OFFICER, "三", reply_to=second)
    last = (await heard(bot))[-1].reply_to_message
    assert last is not None
    assert (last.text, last.reply_to_message) == ("二", None)


async def test_who_really_speaks_is_told_apart(people: People, bot: Bot) -> None:
    """Forwarded, through a bot, and as an anonymous admin."""
    await people.say(OFFICER, "通过", forward_from=REPAIRER)
    await people.say(OFFICER, "通过", forward_from="某人")
    await people.say(OFFICER, "通过", via_bot="@gif")
    await people.say(SUPERVISOR, "通过", anonymous=True)
    known, hidden, via, anonymous = await heard(bot)
    assert known.forward_origin is not None
    assert (known.forward_origin.type, hidden.forward_origin.type) == ("user", "hidden_user")  # type: ignore[union-attr]
    assert via.via_bot is not None
    assert via.via_bot.username == "gif"
    assert anonymous.from_user is not None
    assert anonymous.sender_chat is not None
    assert (anonymous.from_user.id, anonymous.sender_chat.id) == (1087968824, GROUP)


async def test_topics_belong_to_forums(people: People, bot: Bot) -> None:
    """A reply stays in the topic of what it answers."""
    forum = await people.group(forum=True)
    topic = (await bot.create_forum_topic(forum, "东城")).message_thread_id
    asked = await people.say(OFFICER, "一", chat=forum, thread=topic)
    await people.say(REPAIRER, "二", chat=forum, reply_to=asked)
    await people.say(REPAIRER, "三", chat=forum)
    threads = [message.message_thread_id for message in (await heard(bot))[-3:]]
    assert threads == [topic, topic, None]


async def test_a_topic_must_exist_and_belongs_to_a_forum(people: People, bot: Bot) -> None:
    """Neither made-up ones nor the general one can be sent to."""
    forum = await people.group(forum=True)
    for thread in (1, 77):
        with pytest.raises(Exception, match="message thread not found"):
            await bot.send_message(forum, "x", message_thread_id=thread)
    sent = await bot.send_message(GROUP, "x", message_thread_id=77)
    assert sent.message_thread_id is None


async def test_people_edit_their_own_words_and_photos(people: People, bot: Bot) -> None:
    """The bot gets edited_message with the whole new message."""
    text = await people.say(OFFICER, "一")
    (photo,) = await people.show(OFFICER, caption="前")
    path = f"/chats/{GROUP}/messages"
    await people.call("PATCH", f"{path}/{text}", {"from": OFFICER, "text": "二"})
    await people.call("PATCH", f"{path}/{photo}", {"from": OFFICER, "caption": "后"})
    form = aiohttp.FormData({"from": str(OFFICER)})
    form.add_field("photo", picture(320, 200), filename="b.jpg")
    async with people.session.patch(f"/sim{path}/{photo}", data=form) as answer:
        assert answer.status == 200
    edits = (await heard(bot))[2:]
    assert [(m.text or m.caption, m.edit_date is not None) for m in edits] == [
        ("二", True),
        ("后", True),
        ("后", True),
    ]
    assert edits[2].photo is not None
    assert edits[2].photo[-1].width == 320
    await people.call("PATCH", f"{path}/{text}", {"from": REPAIRER, "text": "x"}, status=403)
    await people.call("PATCH", f"{path}/{text}", {"from": OFFICER, "caption": "x"}, status=400)


async def test_people_delete_their_own_and_admins_anybodys(people: People) -> None:
    """No update tells the bot."""
    path = f"/chats/{GROUP}/messages"
    for _ in range(2):
        await people.say(OFFICER, "x")
    await people.call("DELETE", f"{path}/1", {"from": REPAIRER}, status=403)
    await people.call("DELETE", f"{path}/1", {"from": OFFICER})
    await people.call("DELETE", f"{path}/2", {"from": SUPERVISOR})
    assert await people.see(OFFICER) == []


async def test_captions_are_bounded_unless_the_person_pays(people: People) -> None:
    """1024, premium 4096, both in UTF-16 units."""
    payer = await people.call("POST", "/people", {"first_name": "富", "premium": True})
    group = await people.group(members=[OFFICER, payer["id"]])
    await people.show(OFFICER, chat=group, caption="字" * 1024)
    await people.show(payer["id"], chat=group, caption="字" * 4096)
    for person, caption in (
        (OFFICER, "字" * 1025),
        (OFFICER, "😀" * 513),
        (payer["id"], "字" * 4097),
    ):
        form = aiohttp.FormData({"from": str(person), "caption": caption})
        form.add_field("photo", picture(), filename="a.jpg")
        async with people.session.post(f"/sim/chats/{group}/messages", data=form) as answer:
            assert answer.status == 400


async def test_a_late_item_joins_an_album(people: People, bot: Bot) -> None:
    """By the album's id."""
    await people.show(OFFICER, [picture(64, 48), picture(64, 48)])
    album = (await people.see(OFFICER))[-1]["media_group_id"]
    await people.show(OFFICER, [picture(64, 48)], media_group=album)
    assert {message["media_group_id"] for message in await people.see(OFFICER)} == {album}
    assert {message.media_group_id for message in await heard(bot)} == {album}


async def test_strange_characters_survive_or_are_replaced_but_break_nothing(
    people: People, bot: Bot
) -> None:
    """Controls, directions, emoji, halves of surrogate pairs."""
    words = "a\u202eb\u200bc\x07 <b>&😀\u0301"
    await people.say(OFFICER, words)
    await people.say(OFFICER, "half \ud83d")
    first, second = await heard(bot)
    assert first.text == words
    assert second.text == "half \ufffd"
