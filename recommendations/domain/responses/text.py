"""The text of a response, whether from a draft, a submission or a published version. Plain and frozen.

The page, the PDF, the plain text and the Word document are all made from this alone, so they say the same.
"""

import datetime
from dataclasses import dataclass

from recommendations.domain.text.markdown import Note
from recommendations.enums import ActionKind, InspectionKind, Marking

# The words for the kind after the title in the published form; exchange/documents_in/titles.py reads them back.
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
    """A recommendation and the body's answer to it. `anchor` is its public anchor: recommendation-7.1.

    `kind` is a RecommendationKind. `deadline_words` are printed if `text` does not contain them. `comment` is printed
    below it; if `with_label` names another recommendation whose comment answers this one too, `comment` is empty.
    `also` lists the labels of the recommendations that share this one's comment.
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
    """A chief officer's comments as submitted. If there are none, `text` is empty and `why` gives the reason."""

    force: str
    text: str = ""
    signed_by: str = ""
    signed_as: str = ""
    dated_on: datetime.date | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ResponseText:
    """The whole response. Days are Europe/London.

    `markdown` is the narrative if it was written here; otherwise `narrative` holds its paragraphs. `number` is the
    version number, and `correction` what it corrects in the previous version. `published_on` is None in a draft, and
    `last_day` is None if unknown. `first_on` is the day of version 1, which decides whether the response was in time;
    it is None in version 1 and in versions published before the field existed. `is_stated` means that the report is
    outside section 55: its last day is stated, or counted under the law named in `counted_under`. `general` are
    comments that answer no recommendation. `marking` is printed on every page: a draft may be marked above OFFICIAL, a
    submitted or published text may not.
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
        """The heading in the published form: "HMICFRS: Title (thematic inspection)"."""
        return f"{self.inspectorate}: {self.title} ({self.kind_words})"
