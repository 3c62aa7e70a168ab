"""Checks a feed's query string: values that the register's page ignores, a feed refuses.
A page shows which filters apply. A program with a misspelt force would get the whole register, and no one would notice.
"""

from django.http import QueryDict

from recommendations.forms.register.query_string import DAYS, FILTERS, NARROWS, QUESTION, Address, AsAtForm

OF_DAY = ("as_at", "known_at")
CHECKED = (*FILTERS, *NARROWS, *DAYS, "show")
USUAL = ("show", "open")  # the default, which an address of the register omits


class NotUnderstood(Exception):
    """Raised if a feed's query string cannot be answered. `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def check_question(params: QueryDict, understood: Address, day: AsAtForm | None, *, of_register: bool) -> None:
    """Raise NotUnderstood for an unknown name or value, or an impossible day.
    `understood` is the address that the register would have; `day` is the form of the requested day.
    """
    known = QUESTION if of_register else OF_DAY
    for name, values in params.lists():
        if name not in known:
            raise NotUnderstood(f"“{name[:60]}” is no filter here. These are: {', '.join(known)}.")
        wrong = [value for value in values if value and _is_wrong(name, value, understood)]
        if wrong:
            raise NotUnderstood(
                f"“{name}={wrong[0][:60]}” is not known, or you may not see it. Copy the register’s address."
            )
    if day is not None and not day.is_valid():
        raise NotUnderstood(" ".join(str(each) for each in next(iter(day.errors.values()))))


def _is_wrong(name: str, value: str, understood: Address) -> bool:
    return name in CHECKED and (name, value) != USUAL and (name, value) not in understood.pairs
