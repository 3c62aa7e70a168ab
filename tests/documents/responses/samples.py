"""Made-up responses of any size, for the tests of documents and their benchmark."""

import datetime
from dataclasses import replace
from datetime import date

from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from tests.documents.papers.samples import words

AT = datetime.datetime(2026, 7, 8, 9, 0, tzinfo=datetime.UTC)
LAST_DAY, LATE = date(2026, 7, 22), date(2026, 7, 23)
MARKDOWN = """Forty police forces, Westmarch among them, opened their control rooms to inspectors on three nights of the
winter. What they heard there matters to us more than most of what inspectors count.

Westmarch is one of the more thinly peopled parts of the country[^area]. At night **two response teams** cover an area
that takes an hour and a half to cross, and we ask three things of them:

- that a person who rings is answered;
- that what they say is believed;
- that somebody comes[^2], as [the charter](https://www.example.org/charter) says.

## What we did before

Since 2024 the Commissioner has held the force to account for how many calls are abandoned[^2].

1. We read the quarterly figures.
2. We listened to calls.

[^area]: Force operating statement for nights, Westmarch Police, April 2026.
[^2]: <https://www.example.org/quarterly-papers>
"""
CHIEF = ChiefOfficer(
    force="Westmarch Police",
    text="I am grateful for this report and accept the recommendations directed to me.\n\n"
    "Call-backs within five minutes began on 15 June. I can’t provide clinical advice at every hour.",
    signed_by="Marian Ashgrove",
    signed_as="Chief Constable",
    dated_on=date(2026, 6, 24),
)
SILENT = ChiefOfficer(
    force="Eastvale Constabulary",
    why="The chief constable was invited on 1 June 2026 to comment by 25 June 2026. No comments were received.",
)
ITEMS = (
    ResponseItem(
        anchor="recommendation-1",
        label="Recommendation 1",
        kind="recommendation",
        number="1",
        heading="Clinical advice in the control room at night",
        text="By 30 November 2026, chief constables should make sure that a clinician can be reached by control room "
        "staff at any hour to advise on a caller in mental distress:",
        parts=("in all districts;", "in contracted services; and", "in the control room."),
        addressees=("chief constables",),
        deadline_words="By 30 November 2026",
        action="taken",
        comment="We welcome this. Two of the twelve calls that we listened to were from people in mental distress.\n\n"
        "**We will ask the health board** to put that on a lasting footing.",
        also=("Recommendation 3",),
    ),
    ResponseItem(
        anchor="recommendation-2",
        label="Recommendation 2",
        kind="recommendation",
        number="2",
        text="With immediate effect, the Home Office and the College of Policing should publish what is counted.",
        addressees=("Home Office", "College of Policing"),
        deadline_words="With immediate effect",
        action="none",
        reason="This is directed to the Home Office and the College of Policing.",
    ),
    ResponseItem(
        anchor="recommendation-3",
        label="Recommendation 3",
        kind="recommendation",
        number="3",
        text="Within six months, chief constables should review incidents that wait for more than an hour:",
        parts=("(a) where this can’t be done, they should say what would stop; and", "(b) where it can, they should."),
        addressees=("chief constables",),
        deadline_words="Within six months",
        action="taken",
        with_label="Recommendation 1",
    ),
    ResponseItem(
        anchor="area-for-improvement-11",
        label="AFI 11",
        kind="area_for_improvement",
        number="AFI 11",
        text="The force should ask callers who rang off what became of them.",
        addressees=("force", "Mae’r Ŵyl Ŷd"),
        deadline_words="31 March 2027",
        action="proposed",
        comment="The force proposes a survey:\n\n- of callers;\n- of their families.\n\nWe will read what it finds.",
    ),
    ResponseItem(
        anchor="cause-of-concern-at-5",
        label="Cause of concern",
        kind="cause_of_concern",
        number="",
        text="The force does not know how many callers come to harm.",
        action="proposed",
        comment="See what we say to AFI 11.",
    ),
)
UNANSWERED = ResponseItem(
    anchor="recommendation-9", label="Recommendation 9", kind="recommendation", number="9", text="The force should ask."
)


def response(**said) -> ResponseText:
    """A published response with something of everything, but for what is given."""
    facts = {
        "title": "Calls for help at night. An inspection of how forces answer vulnerable people",
        "inspectorate": "HMICFRS",
        "kind_words": "thematic inspection",
        "body_name": "Police and Crime Commissioner for the Marches",
        "comment_label": "OPCC comment",
        "report_on": date(2026, 5, 28),
        "last_day": LAST_DAY,
        "holder": "Eleanor Thackray",
        "forces": ("Westmarch Police",),
        "report_link": "https://www.example.org/calls-at-night",
        "published_on": date(2026, 7, 8),
        "markdown": MARKDOWN,
        "items": ITEMS,
        "chief_officers": (CHIEF,),
        "reply": "I thank the Chief Constable for a candid answer.\n\nI expect the force to keep the nurse.",
    }
    return ResponseText(**facts | said)


def draft(**said) -> ResponseText:
    return response(**{"published_on": None} | said)


def large(count: int = 60, paragraphs: int = 4, length: int = 900) -> ResponseText:
    """`count` recommendations, each with a comment of `paragraphs` paragraphs of `length` letters."""
    items = tuple(
        replace(
            ITEMS[0],
            anchor=f"recommendation-{number}",
            label=f"Recommendation {number}",
            number=str(number),
            heading="",
            text=f"Chief constables should do what is said here. {words(number, length)}",
            parts=(),
            also=(),
            comment="\n\n".join(words(number * 100 + each, length) for each in range(paragraphs)),
        )
        for number in range(1, count + 1)
    )
    return response(items=items)
