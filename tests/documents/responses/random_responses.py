"""Responses put together by chance from sentences that a reader could take for something else."""

import random
from dataclasses import replace

from recommendations.domain.responses.text import ResponseItem, ResponseText
from tests.documents.responses import samples

ASKS = (
    "The force should make sure that a supervisor looks at each case.",
    "Within three months, chief constables should review this:",
    "By 31 March 2027, the College of Policing should publish guidance. It should do so with partners.",
    "Immediately, the force should stop.",
    "The force does not know what it holds.",
    "We recommend that the Home Office should act.",
    "Each force should:",
    "The NPCC lead for custody should work with the CPS to agree a protocol within 12 months.",
)
PARTS = (("do one;", "do another; and", "do a third."), ("(a) do one;", "(b) do two."))
SAYS = (
    "We accept this. The force has begun.",
    "The force accepts this recommendation and has completed the work.",
    "This recommendation is not for us.",
    "I have asked for a report by early 2027.\n\nThe Chief Constable will present it.",
    "We will:\n\n- see that it is done;\n- report.\n\nThen we stop.",
    "We will:\n\n1. look at cases;\n2. ask officers; and\n3. report in public.",
    "The force should do more, we think. It must.",
    "See recommendation 2 of the 2024 report.",
    "Recommendation 4 of the earlier report said the same.",
    "In 2025 the force had 43 cases.\n\n12 of them were closed.",
    "Agreed.",
    "**Bold** and [link](https://example.org/z) here.",
    "Chief Constable's view is that this is done.\n\nWe agree.",
    "Our response is below.\n\nResponse times fell by 4%.",
    "2026 was a year.\n\n7 cases.",
    "Update: the work is done.",
    "Deadline: 31 March 2027\n\nWe will keep it.",
    "Summary\n\nIt is done.",
)
TELLS = (
    "We welcome this report.",
    "HMICFRS inspected the force in 2025.",
    "The force should be proud of it[^1].",
    "I have discussed it with the Chief Constable, who says it is fair.",
    "- one thing\n- another",
    "1. First, the force should plan.\n2. Then act.",
    "## Background\n\nIn 2024 we began.",
    "Our response follows.",
    "Summary\n\nIt is good.",
    "Published on 3 May 2026, the report is long.",
    "Dear reader, thank you.",
    "Recommendations 1 and 2 are national.",
    "Recommendation 1: we have begun.",
)
LABELS = (
    "OPCC comment",
    "PCC response",
    "Commissioner’s response",
    "Response",
    "Surrey position",
    "Local policing body’s comments",
)
KINDS = {
    "recommendation": "Recommendation",
    "area_for_improvement": "Area for improvement",
    "cause_of_concern": "Cause of concern",
}


def random_response(seed: int) -> ResponseText:
    """The same for the same seed."""
    chance = random.Random(seed)
    narrative = "\n\n".join(chance.sample(TELLS, chance.randint(1, 5)))
    note = "\n\n[^1]: Minutes, p. 4." if "[^1]" in narrative else ""
    return samples.response(
        markdown=narrative + note,
        items=_items(chance),
        chief_officers=chance.choice([(), (samples.CHIEF,), (samples.SILENT,), (samples.CHIEF, samples.SILENT)]),
        reply=chance.choice(["", "We thank the Chief Constable.\n\nWe agree."]),
        comment_label=chance.choice(LABELS),
    )


def _items(chance: random.Random) -> tuple[ResponseItem, ...]:
    items: list[ResponseItem] = []
    for place in range(1, chance.randint(0, 7) + 1):
        item = _item(chance, place)
        if item.label in {each.label for each in items}:
            continue
        hosts = [each for each in items if not each.with_label and each.number]
        if hosts and chance.random() < 0.25:
            host = chance.choice(hosts)
            action = chance.choice([host.action, "", "proposed"])
            item = replace(item, comment="", reason="", action=action, with_label=host.label)
            items[items.index(host)] = replace(host, also=(*host.also, item.label))
        items.append(item)
    return tuple(items)


def _item(chance: random.Random, place: int) -> ResponseItem:
    kind = chance.choice([*["recommendation"] * 4, "area_for_improvement", "cause_of_concern"])
    number = {"area_for_improvement": (f"AFI {place}", f"{place}", ""), "cause_of_concern": ("", f"{place}")}
    number = chance.choice(number.get(kind, (f"{place}",)))
    text, action = chance.choice(ASKS), chance.choice(["taken", "proposed", "none"])
    silent = action == "none" and chance.random() < 0.7
    return ResponseItem(
        anchor=f"item-{place}",
        label=number if number.startswith("AFI") else f"{KINDS[kind]} {number}".strip(),
        kind=kind,
        number=number,
        heading=chance.choice(["", "", "Looking at cases", "Vetting"]),
        text=text,
        parts=chance.choice(PARTS) if text.endswith(":") else (),
        action=action,
        reason="It is for others." if action == "none" else "",
        comment="" if silent else chance.choice(SAYS),
    )
