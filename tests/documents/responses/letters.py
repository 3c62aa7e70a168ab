"""Made-up letters, for the tests of documents."""

import datetime
from dataclasses import replace

from recommendations.domain.text.letters import Days, Letter, LetterHeading, LetterList, say_it
from recommendations.domain.text.markdown import TextRun

AT = datetime.datetime(2026, 5, 29, 9, 0, tzinfo=datetime.UTC)
REPORT = "https://www.example.org/calls-for-help-at-night"
FORM = "https://oversight.example/comments/4/"
HEADINGS = (
    ("1.", "Clinical advice in the control room at night"),
    ("2.", "Recontact when a caller rings off"),
    ("3.", "Night-time review of unresourced incidents"),
    ("4.", "Right care, right person: measuring harm"),
    ("7.1.", "Silent and relay calls"),
)
INVITATION = Letter(
    title="Invitation to comment: Calls for help at night",
    sender=(
        "Police and Crime Commissioner for Westmarch",
        "Westmarch OPCC",
        "Tollgate House",
        "4 Castle Row",
        "Aldermere",
        "scrutiny@westmarch.example",
    ),
    recipient=("Marian Ashgrove", "Chief Constable", "Westmarch Police", "Weir Road", "Aldermere"),
    day=datetime.date(2026, 5, 29),
    reference="WM/R12",
    contact="Hannah Ostrow",
    subject="HMICFRS: Calls for help at night. Your comments, please, by 24 June 2026",
    greeting="Dear Chief Constable,",
    parts=(
        say_it(
            "HMICFRS published ",
            TextRun("Calls for help at night", em=True),
            " (thematic inspection) on 28 May 2026. It is at ",
            TextRun(REPORT, link=REPORT),
            ".",
        ),
        say_it("Under section 55(4) of the Police Act 1996, we invite you to comment on it by 24 June 2026."),
        Days((("24 June 2026", "Your comments reach us."), ("22 July 2026", "The deadline, the 56th."))),
        LetterHeading("What we ask for"),
        say_it("For each of these 5 recommendations, please tell us what has been done:"),
        LetterList(HEADINGS, hangs=True),
        say_it("Callum Tranter can enter them at ", TextRun(FORM, link=FORM), "."),
    ),
    signed=("Eleanor Thackray", "Police and Crime Commissioner for Westmarch"),
)
COVERING = replace(
    INVITATION,
    title="Copy of a response: Calls for help at night",
    recipient=("The Home Secretary", "Home Office", "2 Marsham Street", "London"),
    contact="",
    reference="R12/1",
    subject="HMICFRS: Calls for help at night (thematic inspection). Our response",
    greeting="Dear Home Secretary,",
    parts=(say_it("We send you a copy of our response."), say_it("It holds our comments.")),
    enclosures=(
        "calls-for-help-at-night-version-1.pdf: the response as PDF",
        "calls-for-help-at-night-version-1.txt: the response as plain text",
    ),
)
LONG = "Gwasanaeth Heddlu Gogledd a Dwyrain yr Ŵyl a'r Ŷd dros Ardaloedd Amrywiol y Gororau a'r Cymoedd Uchel"
HARD = "Tick ✓ → 警察 <b>&amp;</b> ﬁ x‑y \u202e" + "w" * 130


def large(count: int) -> Letter:
    """An invitation that asks `count` things, with names and titles as long as they may be, and hard letters."""
    rows = tuple((f"AFI {number}:", f"{HARD} {LONG}"[: 60 + number * 2]) for number in range(1, count + 1))
    asked = (*INVITATION.parts[:5], LetterList(rows, hangs=False), *INVITATION.parts[6:])
    people = ("A" * 120, LONG, *(["Long Road of the Third Hill"] * 7))
    return replace(
        INVITATION,
        subject=f"{LONG} {HARD}",
        sender=(f"{LONG} {HARD}"[:160], *people),
        recipient=people,
        contact="B" * 120,
        signed=(LONG, HARD),
        parts=asked,
    )


LETTERS = {
    "invitation": INVITATION,
    "covering letter": COVERING,
    "nothing but the least": replace(INVITATION, sender=("Body",), recipient=("A",), parts=(), signed=("Body",)),
    "large": large(60),
}
