"""The register's columns, one table row each: exports, imports and forms all derive what they know from it.

docs/developing.md has the recipes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recommendations.sections import Section, switched_off_sections


class Holds(StrEnum):
    """What a column holds. `WORD` is a choice labelled in the office's own words. `DERIVED…` columns are computed: they
    are exported and never imported.
    """

    TEXT = "text"
    DAY = "day"
    WORD = "word"
    DERIVED = "derived"
    DERIVED_DAY = "derived day"
    DERIVED_NUMBER = "derived number"


class ColumnGroup(StrEnum):
    """What a column is about, in the words and order in which an import offers its columns."""

    WHICH = "Which recommendation"
    ASKED = "What was asked"
    WHO = "Who"
    FORCE = "The force"
    GIVEN = "What the force gave"
    STATUS = "Colour and status"
    OFFICE = "The office"
    RISK = "Risk and delay"
    HMICFRS = "HMICFRS"
    CLOSING = "Closing"


@dataclass(frozen=True)
class SheetField:
    """A column: its key in code, its heading in our own files, what it holds.

    `width` is in characters of a spreadsheet; `wraps` for sentences, other columns fit their words. `longest` is the
    most characters that an import accepts. `seen` are other offices' headings, the most certain first; a column that
    `gives_way` is matched after others with the same heading. `section` is the section that it belongs to, if any.
    """

    key: str
    heading: str
    holds: Holds = Holds.TEXT
    group: ColumnGroup | None = None
    width: float = 12.5
    wraps: bool = False
    longest: int | None = None
    gives_way: bool = False
    seen: tuple[str, ...] = ()
    section: Section | None = None

    @property
    def comes_in(self) -> bool:
        """Whether an import can fill this column."""
        return self.holds not in (Holds.DERIVED, Holds.DERIVED_DAY, Holds.DERIVED_NUMBER)


@dataclass(frozen=True)
class UpdateText(SheetField):
    """A text that a force may give with an update: a column of this name in ForceUpdate, RoundAnswer and RoundDraft,
    and wherever they are shown, sent or read.

    `help` is shown below its label in forms. A text that is `on_paper` follows the latest update in papers and Word
    files; the others don't fit there.
    """

    group: ColumnGroup = ColumnGroup.GIVEN
    width: float = 36
    wraps: bool = True
    help: str = ""
    on_paper: bool = False


@dataclass(frozen=True)
class RecordText(SheetField):
    """A text of the tracked recommendation itself: a column of this name in TrackedRecommendation.

    `label` is its name in the form of the record's details (default: the heading); `short` precedes it at the top of
    the record's page. Without a `longest` it is a text of any length.
    """

    group: ColumnGroup = ColumnGroup.WHO
    width: float = 20
    longest: int | None = 120
    label: str = ""
    short: str = ""


PLANNED = "planned_action"  # of what an action plan answers, and of nothing else
TEXT, DAY, WORD, DERIVED = Holds.TEXT, Holds.DAY, Holds.WORD, Holds.DERIVED

FIELDS = (
    SheetField("reference", "Reference", TEXT, ColumnGroup.WHICH, width=12, longest=30, seen=(
        "Reference", "Our reference", "OPCC reference", "Unique reference", "Local ref", "Force ref",
        "Reference number", "Tracker ref", "Action ref", "Unique ID", "ID", "Action ID", "Reference ID",
    )),
    RecordText("portal_reference", "HMICFRS reference", TEXT, ColumnGroup.WHICH, width=12, longest=30,
               label="HMICFRS portal reference", short="portal", seen=(
        "HMICFRS reference", "Portal reference", "HMICFRS portal ref", "Monitoring portal ref", "HMICFRS ID",
        "Portal number", "Portal ID", "Recommendation ID",
    )),
    SheetField("force", "Force", WORD, ColumnGroup.WHICH, width=13, seen=(
        "Force", "Force name", "Name of force", "Police force",
    )),
    SheetField("inspection", "Inspection", TEXT, ColumnGroup.WHICH, width=30, wraps=True, longest=300, seen=(
        "Inspection", "Inspection title", "Inspection name", "Name of inspection", "Inspection report",
        "Report title", "Report name", "Title of report", "HMICFRS report", "HMICFRS inspection", "Report",
        "Publication title", "Thematic", "Title", "Audit", "Audit title", "Audit name", "Audit report",
        "Name of audit", "Audit review",
    )),
    SheetField("source", "Source", WORD, ColumnGroup.WHICH, width=14, seen=(
        "Source", "Source of recommendation", "Recommendation source", "Made by", "Body", "Inspecting body",
    )),
    SheetField("published_on", "Published", DAY, ColumnGroup.WHICH, seen=(
        "Published", "Date published", "Published on", "Report published", "Report published date",
        "Inspection published", "Report date", "Published in",
    )),
    SheetField("kind", "Kind", WORD, ColumnGroup.WHICH, width=18, seen=(
        "Kind", "Type", "Recommendation type", "Type of recommendation", "Recommendation or AFI type", "Rec / AFI",
        "Category of recommendation", "Category", "Recommendation category",
    )),
    SheetField("number", "Number", TEXT, ColumnGroup.WHICH, width=9, longest=20, gives_way=True, seen=(
        "Number", "Recommendation number", "Rec / AFI number", "AFI number", "Recommendation reference",
        "Report number of recommendation", "Recommendation / AFI reference", "Reference number", "Reference",
        "Recommendation", "AFI",
    )),
    SheetField("heading", "Heading", TEXT, ColumnGroup.ASKED, width=28, wraps=True, longest=200, seen=(
        "Heading", "Recommendation heading", "Recommendation title",
    )),
    SheetField("text", "Recommendation", TEXT, ColumnGroup.ASKED, width=60, wraps=True, seen=(
        "Recommendation", "Recommendation text", "Text of recommendation", "Full recommendation",
        "Recommendation wording", "Recommendation description", "Rec / AFI", "Rec / AFI text", "AFI text", "AFI",
        "Recommendation / AFI / Cause of concern", "Cause of concern / AFI", "Recommendation / Cause of concern",
        "HMICFRS recommendation", "What HMICFRS said", "What HMICFRS recommended", "What was asked", "Text",
    )),
    SheetField("parts", "Sub-recommendations", TEXT, ColumnGroup.ASKED, width=40, wraps=True, seen=(
        "Sub-recommendations", "Sub-recommendation text", "Parts of recommendation",
    )),
    SheetField("parts_done", "Parts done", DERIVED, width=10, seen=("Parts done",)),
    SheetField("addressees", "Directed to", TEXT, ColumnGroup.ASKED, width=22, wraps=True, seen=(
        "Directed to", "Recommendation directed to", "Addressed to", "Addressee", "Addressees",
        "Recipient", "Recipients", "Agency", "Organisation",
    )),
    RecordText("chief_officer_lead", "Chief officer lead", short="lead", seen=(
        "Chief officer lead", "Exec lead", "Executive owner", "Chief officer", "Chief officer owner",
        "Chief officer group lead", "COG lead", "NPCC rank lead", "Strategic lead", "SRO",
        "Senior responsible officer", "Senior responsible owner", "Gold lead",
    )),
    RecordText("business_lead", "Business lead", short="business lead", seen=(
        "Business lead", "Business owner", "Force lead", "Delivery lead", "Operational lead", "Tactical lead",
        "Thematic lead", "Owner", "Recommendation owner", "Action owner", "Force owner", "Lead officer",
        "Responsible officer", "Responsible owner", "Lead", "Assigned to", "Allocated to", "Action lead",
        "Responsible person", "Named lead",
        "Owner / Lead", "Strategic lead",
    )),
    RecordText("opcc_lead", "OPCC lead", short="OPCC lead", seen=(
        "OPCC lead", "OPCC owner", "OPCC officer", "OPCC lead officer", "OPCC contact",
    )),
    SheetField("deadline_words", "Deadline words", TEXT, ColumnGroup.ASKED, width=22, longest=200,
               gives_way=True, seen=(
        "Deadline words", "Deadline text", "HMICFRS deadline", "HMICFRS timescale", "Timescale", "Deadline",
        "Due date", "Due", "Due by", "Complete by", "By when",
    )),
    SheetField("deadline_on", "HMICFRS deadline", DAY, ColumnGroup.ASKED, seen=(
        "HMICFRS deadline", "HMICFRS due date", "HMICFRS deadline date", "HMICFRS target date", "HMICFRS timescale",
        "Source deadline",
        "Deadline", "Deadline date", "Recommendation deadline", "Due date", "Due", "Due by", "Complete by",
        "By when", "Timescale",
    )),
    SheetField("first_target_on", "First target", DAY, ColumnGroup.FORCE, gives_way=True, seen=(
        "First target", "First target date", "Original target date", "Original target", "Original date",
        "Original completion date", "Target", "Target date", "Target completion date", "Force target date",
        "Force target",
    )),
    SheetField("target_on", "Target", DAY, ColumnGroup.FORCE, seen=(
        "Latest revised date", "Revised date 3", "Third revised date", "Revised date 2", "Second revised date",
        "Revised target date", "Revised target", "Revised date", "Revised due date", "Revised completion date",
        "Latest target date", "New target date", "Force due date", "Force deadline", "Target", "Target date",
        "Target completion date", "Agreed date", "Agreed target date", "Agreed completion date",
        "Agreed implementation date", "Implementation date", "Milestone", "Milestone date", "Force timescale",
        "Force target date", "Force target", "Target for completion", "Target closed date", "Completion date",
    )),
    SheetField("target_moves", "Times moved", Holds.DERIVED_NUMBER, width=9, seen=("Times moved",)),
    SheetField("forecast_on", "Forecast", DAY, ColumnGroup.FORCE, seen=(
        "Forecast", "Forecast date", "Forecast completion date", "Forecast closed date", "Expected completion date",
        "Expected completion", "Anticipated completion date", "Anticipated completion", "Estimated completion date",
        "Estimated completion", "Projected completion date", "Expected date", "Close-down date",
    )),
    SheetField("delay_cause", "Cause of delay", WORD, ColumnGroup.RISK, width=30, wraps=True,
               section=Section.RISK, seen=(
        "Cause of delay", "Reason for delay", "Delay reason", "Cause for delay", "Reason for slippage", "Why late",
        "Reason overdue", "Barrier",
    )),
    SheetField("mitigation", "Mitigation", TEXT, ColumnGroup.RISK, width=36, wraps=True, section=Section.RISK, seen=(
        "Mitigation", "Mitigating action", "Mitigating actions", "Mitigation in place", "Interim mitigation",
        "Risk mitigation",
    )),
    SheetField("rag", "RAG", WORD, ColumnGroup.STATUS, width=9, seen=(
        "RAG", "BRAG", "RAG status", "BRAG status", "RAG rating", "BRAG rating", "Latest RAG", "Latest BRAG",
        "Force RAG", "RAG colour", "BRAGG", "RAGB", "Status", "Overall status", "Progress",
    )),
    SheetField("rag_reason", "RAG reason", DERIVED, width=22, seen=("RAG reason",)),
    SheetField("status", "Status", WORD, ColumnGroup.STATUS, width=10, gives_way=True, seen=(
        "Status", "Latest status", "Force status", "Recommendation status", "Overall status", "Action status",
        "Open / closed", "Open or closed", "Complete", "Complete Y/N", "Closed Y/N", "Progress status", "Progress",
    )),
    RecordText(PLANNED, "Planned action", TEXT, ColumnGroup.FORCE, width=44, wraps=True, longest=None, seen=(
        "Planned action", "Planned actions", "Action planned", "Actions planned",
    )),
    SheetField("position", "Force position", WORD, ColumnGroup.FORCE, width=16, seen=(
        "Force position", "Accepted", "Accepted or not accepted", "Accepted Y/N", "Force acceptance",
    )),
    SheetField("stage", "Stage", WORD, ColumnGroup.FORCE, width=18, seen=("Stage", "Force stage", "Stage of work")),
    SheetField("update", "Latest update", TEXT, ColumnGroup.FORCE, width=60, wraps=True, seen=(
        "Latest update", "Force update", "Latest force update", "Update", "Force progress update",
        "Progress update", "Update from force", "Force response", "Force comment", "Force narrative",
        "Force latest position", "Force position", "Latest position", "Latest progress", "Action taken",
        "Progress to date", "Update on progress", "Progress", "Management update", "Action being taken",
        "Actions being taken", "Progress this quarter", "Progress in the quarter", "Actions",
        "Progress / comments", "Update / comments", "Chief constable response", "Chief constable comments",
        "Chief officer response", "Chief officer comments", "Comments", "Agreed action", "Agreed actions",
        "Agreed management action", "Agreed management actions", "Management action", "Management actions",
        "Management response", "Management comments",
    )),
    SheetField("update_on", "Date of update", DAY, ColumnGroup.FORCE, seen=(
        "Date of update", "Latest update date", "Date of latest update", "Update on", "Date updated",
        "Force update date", "Force date", "Date of force update", "Latest update", "Update",
    )),
    SheetField("said_by", "Said by", TEXT, ColumnGroup.GIVEN, width=20, longest=120, seen=(
        "Said by", "Update by", "Updated by", "Update provided by", "Force update by", "Provided by",
        "Update author",
    )),
    UpdateText("evidence", "Evidence", help="Where it can be seen: a link, a file’s name, a minute.", seen=(
        "Evidence", "Evidence of completion", "Evidence provided", "Supporting evidence", "Evidence seen",
        "Force evidence", "Evidence / notes", "Evidence link", "Closed evidence",
    )),
    SheetField("dispute_decision", "Decision on the dispute", DERIVED, width=20, seen=("Decision on the dispute",)),
    SheetField("dispute_review_on", "Review of the dispute", Holds.DERIVED_DAY, seen=("Review of the dispute",)),
    SheetField("assurance", "OPCC assurance", WORD, ColumnGroup.OFFICE, width=16, seen=(
        "OPCC assurance", "OPCC assurance level", "Assurance level", "Level of assurance", "OPCC status",
        "OPCC view", "OPCC rating", "Assurance",
    )),
    SheetField("assurance_why", "OPCC comment", TEXT, ColumnGroup.OFFICE, width=44, wraps=True, seen=(
        "OPCC comment", "OPCC oversight", "OPCC commentary on progress", "OPCC response", "OPCC rationale",
        "OPCC assurance comment", "OPCC notes", "OPCC narrative", "OPCC view", "OPCC update", "OPCC assurance",
    )),
    SheetField("assurance_on", "Date of OPCC assurance", DAY, ColumnGroup.OFFICE, seen=(
        "Date of OPCC assurance", "OPCC date", "Date of OPCC comment", "OPCC comment date", "Date of OPCC update",
        "Assurance date",
    )),
    SheetField("risk", "Risk level", WORD, ColumnGroup.RISK, width=10, section=Section.RISK, seen=(
        "Risk level", "Risk", "Risk rating", "Level of risk", "Risk assessment", "Overall risk",
    )),
    SheetField("risk_why", "Risk reason", TEXT, ColumnGroup.RISK, width=36, wraps=True, section=Section.RISK, seen=(
        "Risk reason", "Reason for risk", "Risk rationale", "Reason for risk rating", "Risk comment", "Why this risk",
    )),
    SheetField("risk_on", "Risk last reviewed", DAY, ColumnGroup.RISK, section=Section.RISK, seen=(
        "Risk last reviewed", "Risk reviewed", "Date of risk review", "Risk review date",
    )),
    SheetField("themes", "Themes", WORD, ColumnGroup.RISK, width=24, wraps=True, section=Section.RISK, seen=(
        "Themes", "Thematic area", "Strategic theme",
    )),
    SheetField("inspectorate_status", "HMICFRS status", WORD, ColumnGroup.HMICFRS, width=22, seen=(
        "HMICFRS status", "HMICFRS portal status", "Portal status", "HMICFRS position", "HMICFRS RAG",
        "HMICFRS view", "HMICFRS grade of progress", "HMICFRS sign off", "Recommendation status", "Source status",
        "Status",
    )),
    SheetField("inspectorate_status_on", "Date of HMICFRS status", DAY, ColumnGroup.HMICFRS, seen=(
        "Date of HMICFRS status", "HMICFRS status as at", "Portal status date", "Date of source status",
    )),
    SheetField("outcome", "Outcome", WORD, ColumnGroup.CLOSING, width=16, seen=(
        "Outcome", "Closed outcome", "Recommendation outcome", "Outcome at closure", "Final outcome",
    )),
    SheetField("closed_on", "Closed", DAY, ColumnGroup.CLOSING, seen=(
        "Closed", "Closed on", "Date closed", "Date of closure", "Closed by OPCC date", "Sign off date",
        "Date signed off", "Signed off on", "Date completed", "Completed on", "Actual completion date",
        "Completed",
    )),
    SheetField("closure_requested_on", "Closure requested", Holds.DERIVED_DAY, seen=("Closure requested",)),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
RECORD_TEXTS = tuple(field for field in FIELDS if isinstance(field, RecordText))
RECORD_TEXT_KEYS = tuple(field.key for field in RECORD_TEXTS)
WHO_TEXTS = tuple(field for field in RECORD_TEXTS if field.group == ColumnGroup.WHO)
UPDATE_TEXTS = tuple(field for field in FIELDS if isinstance(field, UpdateText))
UPDATE_TEXT_KEYS = tuple(field.key for field in UPDATE_TEXTS)


def columns_in_use() -> tuple[SheetField, ...]:
    """The columns except those of sections that are switched off."""
    off = switched_off_sections()
    return tuple(field for field in FIELDS if field.section not in off)


def coming_in() -> frozenset[str]:
    """The keys of the columns that an import can fill, except those of sections that are switched off."""
    return frozenset(field.key for field in columns_in_use() if field.comes_in)


def keys_of_group(*groups: ColumnGroup) -> tuple[str, ...]:
    """The keys of the columns of these groups, in the table's order."""
    return tuple(field.key for field in FIELDS if field.group in groups)


def further_texts(row: object) -> list[tuple[str, str]]:
    """The further texts of a force update, answer or draft: headings and texts, without empty ones."""
    texts = [(field.heading, getattr(row, field.key)) for field in UPDATE_TEXTS]
    return [(heading, text) for heading, text in texts if text]


def paper_text(done: str, row: object, fields: Sequence[UpdateText] = UPDATE_TEXTS) -> str:
    """What was done, as papers and Word files print it, then a line for each text of `row` that is `on_paper`."""
    texts = [(field.heading, getattr(row, field.key)) for field in fields if field.on_paper]
    return "\n".join((done, *(f"{heading}: {text}" for heading, text in texts if text)))
