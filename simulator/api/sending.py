"""sendMessage, sendPhoto, sendDocument, sendLocation, sendMediaGroup, sendChatAction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator import posting, views
from simulator.api.access import find_chat
from simulator.api.call import Call, Method
from simulator.api.destination import COMMON, PLACE, Destination, deliver, find_destination
from simulator.api.inputs import read_document, read_photo
from simulator.api.words import read_caption, read_text
from simulator.errors import bad_request
from simulator.parameters import known_keys

if TYPE_CHECKING:
    from simulator.json_types import Json
    from simulator.messages import Media, Message

CAPTION = frozenset({"caption", "parse_mode", "caption_entities"})
ABOVE = "show_caption_above_media"
SPOILER = "has_spoiler"
ALBUM_LIMIT = 10
ALBUM_KEYS = frozenset({"type", "media", ABOVE, SPOILER}) | CAPTION
LATITUDE_LIMIT = 90
LONGITUDE_LIMIT = 180
ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice",
        "upload_voice", "upload_document", "choose_sticker", "find_location",
        "record_video_note", "upload_video_note",
    }
)  # fmt: skip
PREVIEW_KEYS = frozenset(
    {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
)


async def send_message(call: Call) -> Json:
    """Send words."""
    place = find_destination(call, "text messages")
    content = read_text(call) | read_preview(call)
    return _drawn(call, place, deliver(call, place, place.message(call, content)))


async def send_photo(call: Call) -> Json:
    """Send a photo."""
    place = find_destination(call, "photos")
    content = read_caption(call) | media_marks(call)
    media = await read_photo(call, call.parameters.text("photo"), call.parameters.upload("photo"))
    return _drawn(call, place, deliver(call, place, place.message(call, content, media)))


async def send_document(call: Call) -> Json:
    """Send a file as it is."""
    place = find_destination(call, "documents")
    content = read_caption(call)
    media = await read_document(
        call, call.parameters.text("document"), call.parameters.upload("document")
    )
    return _drawn(call, place, deliver(call, place, place.message(call, content, media)))


async def send_location(call: Call) -> Json:
    """Send a point on the map."""
    place = find_destination(call, "locations")
    latitude, longitude = (call.parameters.number(name) for name in ("latitude", "longitude"))
    if abs(latitude) > LATITUDE_LIMIT or abs(longitude) > LONGITUDE_LIMIT:
        raise bad_request("wrong location specified")
    location: Json = {"latitude": latitude, "longitude": longitude}
    if call.parameters.has("horizontal_accuracy"):
        location["horizontal_accuracy"] = call.parameters.number("horizontal_accuracy")
    message = place.message(call, {"location": location})
    return _drawn(call, place, deliver(call, place, message))


async def send_media_group(call: Call) -> list[Json]:
    """Send an album; every item counts against the limits."""
    place = find_destination(call, "photos")
    items = call.parameters.array("media", "InputMedia")
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > ALBUM_LIMIT:
        raise bad_request("too many messages to send as an album")
    found = [await read_input_media(call, item) for item in items]
    if len({media.kind for media, _ in found}) > 1:
        raise bad_request("document can't be mixed with other media types")
    call.take_limit(place.chat, len(found))
    album = call.world.next_album()
    messages = [place.message(call, content, media) for media, content in found]
    for message in messages:
        message.media_group = album
        posting.post(call.world, place.chat, message)
    return [_drawn(call, place, message) for message in messages]


async def send_chat_action(call: Call) -> bool:
    """Tell people that the bot is busy; leaves no trace but a note to the page."""
    chat = find_chat(call)
    action = call.parameters.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.hub.tell("action", chat=chat.id, action=action)
    return True


async def read_input_media(call: Call, item: Any) -> tuple[Media, Json]:  # noqa: ANN401 - JSON
    """The file and the caption of an InputMedia."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in {"photo", "document"}:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    known_keys("InputMedia", item, ALBUM_KEYS)
    reference = str(item.get("media") or "")
    if not reference:
        raise bad_request("can't parse InputMedia: media not found")
    attached = reference.startswith("attach://")
    upload = call.parameters.attached(reference) if attached else None
    read = read_photo if kind == "photo" else read_document
    marks = {ABOVE: item.get(ABOVE) is True, "has_media_spoiler": item.get(SPOILER) is True}
    content = read_caption(call, item) | {key: True for key, value in marks.items() if value}
    return await read(call, reference, upload), content


def media_marks(call: Call) -> Json:
    """What a photo says besides its caption."""
    marks: Json = {}
    if call.parameters.flag(ABOVE):
        marks[ABOVE] = True
    if call.parameters.flag(SPOILER):
        marks["has_media_spoiler"] = True
    return marks


def read_preview(call: Call) -> Json:
    """The `link_preview_options` of a text message."""
    options = call.parameters.object("link_preview_options", "link preview options")
    if not options:
        return {}
    known_keys("link_preview_options", options, PREVIEW_KEYS)
    return {"link_preview_options": options}


def _drawn(call: Call, place: Destination, message: Message) -> Json:
    return views.for_bot(call.world, place.chat, message, call.bot.id)


METHODS = (
    Method(
        "sendMessage",
        send_message,
        COMMON | {"text", "parse_mode", "entities", "link_preview_options"},
        counted=True,
    ),
    Method("sendPhoto", send_photo, COMMON | CAPTION | {"photo", ABOVE, SPOILER}, counted=True),
    Method("sendDocument", send_document, COMMON | CAPTION | {"document"}, counted=True),
    Method(
        "sendLocation",
        send_location,
        COMMON | {"latitude", "longitude", "horizontal_accuracy"},
        counted=True,
    ),
    Method("sendMediaGroup", send_media_group, PLACE | {"media"}, counted=True),
    Method("sendChatAction", send_chat_action, frozenset({"chat_id", "action"})),
)
