"""Why a picture cannot be used: the class is the reason, its attributes are the facts."""

# ruff: noqa: N818 - the class name is the reason, and PictureError says that it is an error

from __future__ import annotations


class PictureError(Exception):
    """The base of all reasons this room gives."""


class TooHeavy(PictureError):
    """The file has more bytes than we take."""

    def __init__(self, *, size: int, limit: int) -> None:
        super().__init__(size, limit)
        self.size = size
        self.limit = limit


class TooLarge(PictureError):
    """The picture has more pixels than we decode."""

    def __init__(self, *, width: int, height: int, limit: int) -> None:
        super().__init__(width, height, limit)
        self.width = width
        self.height = height
        self.limit = limit


class NotAPicture(PictureError):
    """The bytes are no JPEG, PNG or WebP."""


class Truncated(PictureError):
    """The picture ends before its last pixel."""


class Broken(PictureError):
    """The picture begins like one, but cannot be decoded; `why` names the decoder's complaint."""

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


class TimedOut(PictureError):
    """The work took longer than `seconds`, and its process was ended."""

    def __init__(self, *, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class WorkerDied(PictureError):
    """The process that did the work ended in the middle of it."""


class NotStarted(PictureError):
    """No process could be started; `why` says what the machine lacks, and nothing of a picture."""

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotADigest(PictureError):
    """The name is no lower-case hexadecimal SHA-256, so it names no file of the shelf."""


class Missing(PictureError):
    """The shelf holds no file of this digest."""

    def __init__(self, *, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest
