"""A response as it reads, from whichever it is made: a draft, a submission, a published version. Plain words, frozen.

The page, the PDF, the text and the Word document print this and nothing else, so they all say the same.
"""

import datetime
from dataclasses import dataclass

from recommendations.domain.text.markdown import Note
from recommendations.enums import ActionKind, InspectionKind, Marking

# How the published form names the kind, behind the title: the words that exchange/documents_in/titles.py reads back.
KIND_WORDS = {
    InspectionKind.PEEL: "PEEL inspection",
    InspectionKind.THEMATIC: "thematic inspection",
    InspectionKind.STATE_OF_POLICING: "State of Policing report",
    InspectionKind.CUSTODY: "custody inspection",
    InspectionKind.CHILD_PROTECTION: "child protection inspection",
    InspectionKind.CRIME_DATA: "crime data integrity inspection",
    InspectionKind.INTEGRITY: "integrity and vetting inspection",
    InspectionKind.PROGRESS_LETTER: "progress report",
    InspectionKind.JOINT_THEMATIC: "joint thematic inspection",
    InspectionKind.COMMISSIONED: "commissioned inspection",
    InspectionKind.SUPER_COMPLAINT: "super-complaint report",
    InspectionKind.FIRE: "fire and rescue inspection",
    InspectionKind.OTHER: "inspection",
}


@dataclass(frozen=True)
class ResponseItem:
    """A recommendation and what the body says to it. `anchor` is its public address: recommendation-7.1.

    `kind` is a RecommendationKind. `deadline_words` are printed where `text` does not hold them.
    `comment` is what stands under this one; `with_label` names the recommendation whose comment answers this one too,
    and then `comment` is empty. `also` are the labels of those that this one's comment answers besides.
    """

    anchor: str
    label: str
    kind: str
    number: str
    text: str
    parts: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    action: str = ""
    reason: str = ""
    comment: str = ""
    with_label: str = ""
    also: tuple[str, ...] = ()
    heading: str = ""
    deadline_words: str = ""

    @property
    def action_words(self) -> str:
        return ActionKind(self.action).label if self.action else ""


@dataclass(frozen=True)
class ChiefOfficer:
    """A chief officer's comments as submitted, or that there are none: then `text` is empty and `why` says so."""

    force: str
    text: str = ""
    signed_by: str = ""
    signed_as: str = ""
    dated_on: datetime.date | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ResponseText:
    """The whole response. Days are Europe/London. `markdown` is the narrative where it was written here, else
    `narrative` has its paragraphs. `number` is the version's; `correction` what it corrects in the one before.

    `published_on` is None in a draft, and `last_day` where none is known. `first_on` is the day of version 1 in a later
    one: by it the response is in time or late. It is None in version 1, and in versions that were published before
    texts had it. `is_stated` where the report is outside section 55: its last day is stated, or counted under the law
    that `counted_under` names. `general` are comments that answer no recommendation. `marking` is printed on every
    page: a draft can hold more than OFFICIAL words, what is submitted or published cannot.
    """

    title: str
    inspectorate: str
    kind_words: str
    body_name: str
    comment_label: str
    report_on: datetime.date
    last_day: datetime.date | None
    holder: str = ""
    forces: tuple[str, ...] = ()
    report_link: str = ""
    published_on: datetime.date | None = None
    number: int = 1
    correction: str = ""
    markdown: str = ""
    narrative: tuple[str, ...] = ()
    footnotes: tuple[Note, ...] = ()
    items: tuple[ResponseItem, ...] = ()
    general: tuple[str, ...] = ()
    chief_officers: tuple[ChiefOfficer, ...] = ()
    reply: str = ""
    is_stated: bool = False
    counted_under: str = ""
    first_on: datetime.date | None = None
    marking: str = Marking.OFFICIAL.label

    @property
    def heading(self) -> str:
        """As the published form has it: "HMICFRS: Title (thematic inspection)"."""
        return f"{self.inspectorate}: {self.title} ({self.kind_words})"
