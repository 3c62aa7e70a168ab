"""Why a report needs no response: one of the usual reasons, with the office's own words if needed."""

OTHER, COVERED = "other", "covered"
WHY_NONE = {
    "subject": "The force is clearly not its subject",
    COVERED: "The response to another report covers it",
    OTHER: "Another reason",
}
CHOICES = [("", "Choose one"), *WHY_NONE.items()]
LONGEST_REASON = 2_000


def reason_of(why: str, words: str) -> str:
    """The reason as stored: "The force is clearly not its subject: it is about airports." """
    stock = "" if why == OTHER else WHY_NONE.get(why, "")
    return ": ".join(filter(None, (stock, words.strip()))) or stock


def parts_of_reason(reason: str) -> tuple[str, str]:
    """Split a stored reason: which usual one it is, and the office's words."""
    for why, stock in WHY_NONE.items():
        if why != OTHER and (reason == stock or reason.startswith(f"{stock}: ")):
            return why, reason.removeprefix(stock).removeprefix(": ")
    return (OTHER, reason) if reason else ("", "")
