"""Find the chief officer's words that a sentence of the office introduces: "His response is as follows:"."""

import re
from dataclasses import dataclass

from recommendations.exchange.documents_in.disambiguation import Outlook
from recommendations.exchange.documents_in.letter_boilerplate import (
    CLOSES_QUOTE,
    OPENS_QUOTE,
    introduces_chief,
    is_chief_line,
    is_salutation,
    is_signature,
)
from recommendations.exchange.documents_in.vocabulary import plain

OFFICE_SPEAKS = re.compile(
    r"\b(?:my office|the OPF?CC|as (?:your )?(?:police and crime )?commissioner)\b", re.IGNORECASE
)
QUOTED_AT_MOST = 12  # lines


@dataclass(frozen=True)
class Quote:
    """The last line of quoted words, and whether marks or the officer's name say where they end."""

    last: int
    is_marked: bool


def announces_quote(outlook: Outlook, index: int) -> bool:
    """Whether the line introduces the chief officer's words, which follow it."""
    following = outlook.next_item(index)
    before = outlook.items[index - 1].text if index else ""
    quoted = following is not None and following.text[0] in OPENS_QUOTE
    return introduces_chief(outlook.items[index].text, before, quoted=quoted)


def quote_after(outlook: Outlook, index: int) -> Quote | None:
    """Return the chief officer's words below the line that introduces them, or None if their end cannot be told."""
    last = index
    for n, following in outlook.after(index):
        if n - index > QUOTED_AT_MOST or following.section or following.names_a_recommendation or following.label:
            break
        if is_chief_line(following.text):
            return Quote(n - 1, is_marked=last > index) if n - 1 > index else None
        if following.heading_level is not None or is_salutation(following.text):
            break
        opens = following.text[0] in OPENS_QUOTE
        if opens or (last > index and last == n - 1 and not _is_closed(outlook, last)):
            last = n
    if last > index and _is_closed(outlook, last):
        return Quote(last, is_marked=True)
    return _unmarked_answer(outlook, index)


def _unmarked_answer(outlook: Outlook, index: int) -> Quote | None:
    """Return what follows "The Chief Constable has responded as follows:" up to the next heading, label or name."""
    last = index
    for n, following in outlook.after(index):
        if OFFICE_SPEAKS.search(plain(following.text)):
            break
        ends = following.heading_level is not None or following.section or following.label or following.start
        if ends or is_signature(following.text):
            break
        if n - index > QUOTED_AT_MOST:
            return None
        last = n
    return Quote(last, is_marked=False) if last > index else None


def _is_closed(outlook: Outlook, index: int) -> bool:
    return outlook.items[index].text.rstrip(".")[-1:] in CLOSES_QUOTE
