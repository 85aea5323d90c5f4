"""The sentences for what may be wrong with an office's own texts, English and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT_FAULTS: Mapping[str, tuple[str, str]] = {
    "text_file_unknown": (
        "only the files zh.ftl and en.ftl are read",
        "只读 zh.ftl 和 en.ftl 两个文件",
    ),
    "text_not_utf8": ("cannot be read as UTF-8 text", "不是 UTF-8 文字，读不了"),
    "text_not_read": ("cannot be read: {detail}", "读不了：{detail}"),
    "text_unknown": ("there is no text “{given}”", "没有叫“{given}”的文字"),
    "text_twice": ("“{given}” stands here twice", "“{given}”写了两次"),
    "text_without_value": (
        "“{given}” needs a value and nothing but a value",
        "“{given}”要有值，而且只能有值",
    ),
    "text_unknown_placeholder": (
        "“{given}” knows no placeholder ${name} (it has: {known})",
        "“{given}”没有占位符 ${name}（可用：{known}）",
    ),
    "text_refers": ("“{given}” must not refer to {name}", "“{given}”里不能引用 {name}"),
    "text_too_tall": (
        "“{given}” has more lines than its place allows ({most})",
        "“{given}”的行数超过了这个位置的上限（{most}）",
    ),
}
