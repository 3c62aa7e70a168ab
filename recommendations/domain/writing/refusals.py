"""What a verb says when it refuses. A view turns a refusal into a form error; nothing was saved."""

from typing import Any


class Refusal(Exception):
    """The verb can't be done. `message` says what is wrong and what to do; `field` names the input, if there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refusal):
    """This person may not do this now: deciding one's own work, say. Recorded in the trail as a refusal."""


class Stale(Refusal):
    """Somebody else saved the record after it was read. `theirs` is the record as it is now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(
            "Someone else saved this while you were typing. Both texts are shown below: "
            "check theirs, change yours if you need to, and save again."
        )
        self.theirs = theirs


class RenderFailed(Exception):
    """No file was made of a document. `reason` says why, in words for the person who waits for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadySent(Refusal):
    """The same form came twice. `led_to` is the address that the first led to."""

    def __init__(self, led_to: str) -> None:
        super().__init__("This form was sent twice. It was saved once.")
        self.led_to = led_to
