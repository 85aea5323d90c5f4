"""What the simulator says no with: Telegram's words to bots, plain words to people's tools."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal of the Bot API; `code` is also the HTTP status."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The body as Telegram sends it."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str) -> ApiError:
    """A 400 in Telegram's style."""
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    """A 403 in Telegram's style."""
    return ApiError(403, f"Forbidden: {words}")


def flood(seconds: int) -> ApiError:
    """A 429 that says how many seconds to wait."""
    words = f"Too Many Requests: retry after {seconds}"
    return ApiError(429, words, {"retry_after": seconds})


class SimError(Exception):
    """A refusal of the people's side, answered as `{"error": words}`."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.words = words
        self.status = status
