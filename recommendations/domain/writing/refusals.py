"""The exceptions that verbs raise. A view turns a Refusal into a form error; nothing was saved."""

from typing import Any


class Refusal(Exception):
    """Raised if a verb can't be done. `message` says what is wrong and what to do; `field` names the input, if any.

    `code` names the kind of refusal for programs and tests, such as "no-reason": it stays when the message is reworded.
    """

    def __init__(self, message: str, field: str | None = None, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code


class NotAllowed(Refusal):
    """Raised if this person may not do this now, such as deciding on their own request. Recorded in the trail."""


class Stale(Refusal):
    """Raised if someone else saved the record since it was read. `theirs` is the record as it is now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(
            "Someone else saved this while you were typing. Both texts are shown below: "
            "check theirs, change yours if you need to, and save again.",
            code="stale",
        )
        self.theirs = theirs


class RenderFailed(Exception):
    """Raised if a document could not be rendered. `reason` is in words for the user who waits."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadySent(Refusal):
    """Raised if the same form was sent twice. `led_to` is the address that the first one led to."""

    def __init__(self, led_to: str) -> None:
        super().__init__("This form was sent twice. It was saved once.", code="already-sent")
        self.led_to = led_to
