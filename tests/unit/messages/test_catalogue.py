"""Every text is there, in both languages, with the same placeholders; an office may change it."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casework import commands, events, refusals
from casework.case import Phase, Source, Status, Tier
from casework.digests import DigestKind
from casework.people import Role
from casework.stages import StageName
from messages.catalogue import LANGUAGES, BrokenCatalogue, Catalogue, WordsMissing
from messages.catalogue.checks import Parts, texts_of
from messages.dossiers import kebab
from usecases import menus, time_menus
from usecases.figures import DIMENSIONS
from usecases.views import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCES = {
    language: resources.files("messages.catalogue").joinpath(f"{language}.ftl").read_text("utf-8")
    for language in LANGUAGES
}
TEXTS = {language: texts_of(source) for language, source in SOURCES.items()}

NOTICES = [
    "flood",
    "ladder-standby",
    "ladder-manager",
    "ladder-supervisor",
    "ladder-leader",
    "missed",
    "nudge",
    "nudge-watch",
    "nudge-watched",
    "order-ask",
    "order-2",
    "order-3",
    "order-4",
    "order-told",
    "batch",
    "overnight",
    "sign-ask",
    "check-ask",
    "check-late",
    "rework",
    "handed-over",
    "moved",
    "released",
    "hours-ask",
    "promise-ask",
    "promise-answered",
    "promise-withdrawn",
    "extension-ask",
    "extension-answered",
    "suspension-ask",
    "suspension-answered",
    "resumed",
    "resumed-by",
    "hours-granted",
    "refusal-ask",
    "refused",
    "burst-ask",
    "main-ended",
    "closed",
    "pin-refused",
    "question-case",
    "question-place",
    "question-anonymous",
    "bound",
    "bound-other",
    "gap",
    "bot-muted",
    "bot-gone",
    "bot-back",
    "rules-adopted",
    "rules-refused",
    "menu-root",
    "menu-category",
    "menu-place",
    "menu-deadline",
    "menu-promise",
    "menu-extend",
    "menu-suspend",
    "menu-refuse",
    "menu-ask-refusal",
    "menu-duplicate",
    "menu-hand-over",
    "menu-claim-for",
    "menu-withdraw",
    "menu-photos",
    "mine",
    "start-stranger",
    "group-stranger",
    "command-short",
    "case-not-found",
    "photo-here",
    "definitions",
    "digests",
    "digests-none",
    "remark-ask",
    "remark-kept",
    "remark-late",
]
TOASTS = [
    "claimed",
    "menu-empty",
    "passed-waiting",
    "closed",
    "rework",
    "begun",
    "given-up-today",
    "hours-granted",
    "promise-asked",
    "promise-agreed",
    "promise-declined",
    "promise-withdrawn",
    "extension-asked",
    "extension-granted",
    "extension-declined",
    "suspension-asked",
    "suspended",
    "suspension-declined",
    "resumed",
    "tier-changed",
    "deadline-changed",
    "category-changed",
    "place-changed",
    "refused",
    "refusal-asked",
    "refusal-declined",
    "handed-over",
    "claimed-for",
    "withdrawn",
    "released",
    "undone",
    "filed",
    "menu-opened",
    "split",
    "moved-photo",
    "joined",
    "not-joined",
    "parted",
    "stopgap-marked",
    "stopgap-off",
    "hushed",
    "earlier-told",
    "order-issued",
    "order-declined",
    "order-issued-by",
    "order-declined-by",
    "definitions",
    "digest-muted",
    "digest-muted-already",
    "digest-wanted",
    "remark-asked",
    "remark-asked-already",
    "filed-already",
]
OTHER_BUTTONS = ["hours", "days", "place", "tier-up", "tier-down", "chosen", "choose-digest-off"]
OTHER_ACTS = ["undo", "more", "move-photo", "split", "file"]
COMMANDS = ["start", "today", "mine", "case", "digests", "help"]
LINES = ["ladder", "sign", "check", "check-late", "overnight", "resumed"]


def words(members: Iterable[Action]) -> list[str]:
    """The names of the actions, as keys have them."""
    return [member.name.lower().replace("_", "-") for member in members]


def kinds(module: object, base: type) -> list[str]:
    """The names of the classes of a room, as keys have them."""
    found = [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, base)]
    return [kebab(kind.__name__) for kind in found if kind is not base]


REASONS = [*menus.REASONS.values(), *time_menus.REASONS.values()]
WANTED = [
    *(f"status-{status.value}" for status in Status),
    *(f"tier-{tier.value.lower()}" for tier in Tier),
    *(f"phase-{phase.value}" for phase in Phase),
    *(f"source-{source.value}" for source in Source),
    *(f"digest-by-{dimension}" for dimension in DIMENSIONS),
    *(f"digest-title-{kind.value}" for kind in DigestKind),
    *(f"button-{word}" for word in words(Action)),
    *(f"button-{word}" for word in OTHER_BUTTONS),
    *(f"reason-{word}" for reasons in REASONS for word in reasons),
    *(f"stage-{stage.value}" for stage in StageName),
    *(f"button-photo-{phase.value}" for phase in Phase),
    *(f"act-{word}" for word in [*kinds(commands, commands.Command), *OTHER_ACTS]),
    *(f"event-{kind}" for kind in kinds(events, events.Event)),
    *(f"refusal-{kind}" for kind in kinds(refusals, refusals.Refusal)),
    *(f"notice-{word}" for word in NOTICES),
    *(f"notice-help-{role.value}" for role in Role),
    *(f"notice-start-{role.value}" for role in Role),
    *(f"command-{name}" for name in COMMANDS),
    *(f"toast-{word}" for word in TOASTS),
    *(f"line-{word}" for word in LINES),
    *(f"line-{kind}" for kind in ("nudge", "order")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WANTED)
def test_everything_that_happens_has_words(key: str, language: str) -> None:
    """Statuses, buttons, events, refusals, notices, toasts: in both languages."""
    assert key in TEXTS[language]


def test_both_languages_have_the_same_texts() -> None:
    """None is forgotten, none stands in one alone, none stands twice."""
    assert list(TEXTS["zh"]) == list(TEXTS["en"])
    for language, source in SOURCES.items():
        assert len(re.findall(r"(?m)^[a-z][a-z0-9-]* =", source)) == len(TEXTS[language])


@pytest.mark.parametrize("key", TEXTS["zh"])
def test_both_languages_use_the_same_placeholders(key: str) -> None:
    """A translation neither loses a value nor asks for one more."""
    chinese, english = TEXTS["zh"][key], TEXTS["en"][key]
    assert chinese.variables == english.variables
    assert not chinese.foreign
    assert not english.foreign
    assert chinese.breaks == english.breaks


def test_every_text_that_the_code_names_is_there_and_none_is_left_over() -> None:
    """Keys are written in full wherever they can be, so that they can be found."""
    room = Path(__file__).parents[3] / "messages"
    code = "\n".join(file.read_text("utf-8") for file in room.glob("*.py"))
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', code))
    families = [
        "command",
        "status",
        "tier",
        "phase",
        "button",
        "act",
        "event",
        "refusal",
        "notice",
        "toast",
        "line",
        "reason",
        "source",
    ]
    built = re.findall(r'f"((?:[a-z]+-)+)\{', code)
    made = tuple({*built, *(f"{family}-" for family in families), "mark-", "who-"})
    assert [key for key in TEXTS["zh"] if key not in named and not key.startswith(made)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
def test_help_has_five_lines_for_each_role(role: Role, language: str) -> None:
    """No more than a phone shows."""
    text = Catalogue.load().text(language, f"notice-help-{role.value}")
    assert [line[:2] for line in text.splitlines()] == ["1.", "2.", "3.", "4.", "5."]


def test_a_missing_key_or_value_is_told_loudly() -> None:
    """It is a mistake of the program."""
    catalogue = Catalogue.load()
    with pytest.raises(WordsMissing, match="no-such-text"):
        catalogue.text("zh", "no-such-text")
    with pytest.raises(WordsMissing, match="card-place"):
        catalogue.text("zh", "card-place")


def test_an_unknown_language_reads_the_first_one() -> None:
    """A city speaks Chinese by default."""
    assert Catalogue.load().text("tlh", "button-claim") == "接单"
    assert Catalogue.load().text("", "button-claim") == "接单"
    assert Catalogue.load().text("en-GB", "button-claim") == "Take it"
    assert Catalogue.load().text("zh-hans", "button-claim") == "接单"


def test_numbers_are_never_grouped() -> None:
    """1,024 would read as two numbers in Chinese."""
    assert Catalogue.load().text("en", "and-more", n=1024) == "… and 1024 more"


def test_an_office_overrides_any_text(tmp_path: Path) -> None:
    """Only what it changes; the rest stays."""
    (tmp_path / "zh.ftl").write_text(
        "button-claim = 我来修\ncard-words = 说明：{ $words }\n", "utf-8"
    )
    catalogue = Catalogue.load(tmp_path)
    assert catalogue.text("zh", "button-claim") == "我来修"
    assert catalogue.text("zh", "card-words", words="坏了") == "说明：坏了"
    assert catalogue.text("zh", "button-more") == "更多"
    assert catalogue.text("en", "button-claim") == "Take it"


def test_an_office_cannot_break_the_markup(tmp_path: Path) -> None:
    """Its texts are plain, whatever they hold."""
    (tmp_path / "zh.ftl").write_text("card-place = <b>位置 & { $place }\n", "utf-8")
    markup = Catalogue.load(tmp_path).html("zh", "card-place", place="<i>")
    assert markup == "&lt;b&gt;位置 &amp; &lt;i&gt;"


def test_every_mistake_of_an_office_is_told_at_once(tmp_path: Path) -> None:
    """With file and line, and a suggestion where there is one."""
    (tmp_path / "zh.ftl").write_text(
        "# 本局用语\n"
        "buton-claim = 我来\n"
        "card-place = 位置 { $plase }\n"
        "button-more = { button-claim }\n"
        "toast-begun = { NUMBER(1) }\n"
        "toast-closed = 好\n"
        "toast-closed = 好了\n"
        "-zzz = 词\n"
        "toast-rework =\n"
        "    .attribute = 返工\n"
        "card-words = 一\n"
        "    二 { $words }\n"
        "这不是一条\n",
        "utf-8",
    )
    (tmp_path / "en.ftl").write_bytes(b"button-claim = \xff\xfe\n")
    (tmp_path / "fr.ftl").write_text("button-claim = Prendre\n", "utf-8")
    with pytest.raises(BrokenCatalogue) as caught:
        Catalogue.load(tmp_path)
    told = [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]
    assert told == [
        "en.ftl: cannot be read as UTF-8 text",
        "fr.ftl: only the files zh.ftl and en.ftl are read",
        "zh.ftl:2: there is no text “buton-claim”; did you mean “button-claim”?",
        "zh.ftl:3: “card-place” knows no placeholder $plase (it has: $place)",
        "zh.ftl:4: “button-more” must not refer to button-claim",
        "zh.ftl:5: “toast-begun” must not refer to NUMBER()",
        "zh.ftl:7: “toast-closed” stands here twice",
        "zh.ftl:8: there is no text “-zzz”",
        "zh.ftl:9: “toast-rework” needs a value and nothing but a value",
        "zh.ftl:11: “card-words” has more lines than its place allows (1)",
        told[-1],
    ]
    assert told[-1].startswith("zh.ftl:13: cannot be read: ")
    assert str(tmp_path / "zh.ftl:2") in str(caught.value)


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    """A typing error in the configuration must not pass as no override."""
    with pytest.raises(BrokenCatalogue, match="nowhere"):
        Catalogue.load(tmp_path / "nowhere")


def test_parts_see_variables_inside_selections() -> None:
    """The comparison of the two languages looks into every branch."""
    text = texts_of("a = { $x ->\n    [one] { $y }\n   *[other] { $z }\n}\n")["a"]
    assert isinstance(text, Parts)
    assert text.variables == {"x", "y", "z"}
