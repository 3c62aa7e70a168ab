"""The sources and rules shipped with the program. An office overrides them with rows of its own (sources.py).

A rule whose law was read word for word has `read_verbatim`; an administrator must confirm any other, which until
then is counted the careful way: the first day counts. Sources of the law: docs/domain.md, "Other sources".
"""

from datetime import date

from recommendations.enums import InspectionKind
from recommendations.enums.sources import FIRE, HMICFRS, SUPER_COMPLAINT, Answerer, ClockStart, SourceKind
from recommendations.models.sources.sources import BasisFacts, Example, SourceFacts

SECTION_55, JOINT, ACCELERATED, HMICFRS_OTHER = "section-55", "joint", "accelerated", "hmicfrs-other"

_SOURCES = (
    SourceFacts(HMICFRS, "HMICFRS inspection", "HMICFRS", "H", SourceKind.HMICFRS, in_use=True),
    SourceFacts(
        "iopc",
        "IOPC learning recommendation",
        "IOPC",
        "I",
        SourceKind.IOPC,
        "recommendation letter",
        "recommendation letters",
    ),
    SourceFacts(
        "coroner",
        "Coroner’s prevention of future deaths report",
        "Coroner",
        "C",
        SourceKind.CORONER,
        "prevention of future deaths report",
        "prevention of future deaths reports",
    ),
    SourceFacts(FIRE, "Fire and rescue inspection", "HMICFRS", "H", SourceKind.FIRE),
    SourceFacts(SUPER_COMPLAINT, "Super-complaint", "HMICFRS", "H", SourceKind.SUPER_COMPLAINT),
    SourceFacts("audit", "Internal audit", "Audit", "A", SourceKind.AUDIT, "audit", "audits"),
    SourceFacts("review", "Safeguarding or homicide review", "Review", "R", SourceKind.REVIEW, "review", "reviews"),
    SourceFacts(
        "ico", "Information Commissioner’s Office", "ICO", "IC", SourceKind.ICO, "audit report", "audit reports"
    ),
    SourceFacts("inquiry", "Inquiry", "Inquiry", "Q", SourceKind.INQUIRY),
    SourceFacts("direction", "Direction to a force", "Direction", "D", SourceKind.DIRECTION, "direction", "directions"),
    SourceFacts("other", "Other", "Other", "O", SourceKind.OTHER),
)
SOURCES = {
    each.key: SourceFacts(**{**each.__dict__, "position": place}) for place, each in enumerate(_SOURCES, start=1)
}

_COUNTED_55 = (Example(date(2022, 12, 1), date(2023, 1, 25)), Example(date(2019, 1, 15), date(2019, 3, 11)))
_SAYS_55 = (
    "The policing body publishes its comments, the chief officer’s comments and any reply. It explains for each"
    " recommendation what is done or proposed, or why nothing is. Copies go to HMICFRS and the Home Secretary."
)


def _section_55(key: str, name: str, page_words: str = _SAYS_55) -> BasisFacts:
    return BasisFacts(
        HMICFRS,
        key,
        name,
        "Police Act 1996, section 55",
        Answerer.POLICING_BODY,
        ClockStart.PUBLISHED,
        days=56,
        answer_to="HMICFRS and the Home Secretary",
        published_by="the policing body",
        section_55=True,
        last_day_name="Deadline",
        page_words=page_words,
        letter_words="section 55 of the Police Act 1996",
        examples=_COUNTED_55,
    )


_IOPC_LAW = "Police Reform Act 2002, Schedule 3, paragraph 28B"
_STATED = "The day is stated, not counted."
_AGREED = "The law requires no answer. A day that was agreed is shown as agreed."

_BASES = (
    _section_55(SECTION_55, "Section 55"),
    _section_55(JOINT, "Joint inspection"),
    _section_55(ACCELERATED, "Accelerated cause of concern or revisit"),
    BasisFacts(
        HMICFRS,
        HMICFRS_OTHER,
        "HMICFRS report outside section 55",
        "As its report says",
        Answerer.STATED,
        ClockStart.STATED,
        answer_to="HMICFRS",
        last_day_name="Stated last day",
        page_words=_STATED,
    ),
    BasisFacts(
        SUPER_COMPLAINT,
        "super-complaint",
        "Super-complaint",
        "As its report says",
        Answerer.STATED,
        ClockStart.STATED,
        answer_to="HMICFRS, the College of Policing and the IOPC",
        last_day_name="Stated last day",
        page_words=_STATED,
    ),
    BasisFacts(
        FIRE,
        "fire",
        "Fire and rescue inspection",
        "Fire and Rescue National Framework for England, chapter 7",
        Answerer.FIRE_AUTHORITY,
        ClockStart.NONE,
        published_by="the fire authority",
        read_verbatim=False,
        last_day_name="Last day",
        page_words="The fire authority publishes an action plan and keeps it up to date, or says why it does not act.",
    ),
    BasisFacts(
        "iopc",
        "iopc-28a",
        "Schedule 3, paragraph 28A",
        _IOPC_LAW,
        Answerer.CHIEF_OFFICER,
        ClockStart.MADE,
        days=56,
        extendable=True,
        extended_by="the Director General of the IOPC",
        extension_within=True,
        stopped_by="judicial review",
        answer_to="the IOPC",
        published_by="the IOPC",
        publish_days=21,
        last_day_name="Deadline",
        page_words="Whoever receives it answers in writing: what action is taken or proposed, or why none is.",
        letter_words="paragraph 28B of Schedule 3 to the Police Reform Act 2002",
        examples=(Example(date(2026, 11, 20), date(2027, 1, 14)), Example(date(2024, 1, 31), date(2024, 3, 26))),
    ),
    BasisFacts(
        "iopc",
        "iopc-section-10",
        "Section 10 alone: no duty to answer",
        "Police Reform Act 2002, section 10",
        Answerer.NOBODY,
        ClockStart.NONE,
        answer_to="the IOPC",
        last_day_name="Last day",
        page_words="The recommendation carries no duty to answer.",
    ),
    BasisFacts(
        "coroner",
        "coroner",
        "Report to prevent future deaths",
        "Coroners (Investigations) Regulations 2013, regulation 29",
        Answerer.CHIEF_OFFICER,
        ClockStart.SENT,
        days=56,
        extendable=True,
        extended_by="the coroner",
        answer_to="the coroner",
        published_by="the Chief Coroner",
        about_deaths=True,
        read_verbatim=False,
        last_day_name="Last day",
        page_words="The answer says what action is taken or proposed and by when, or why none is.",
        letter_words="regulation 29 of the Coroners (Investigations) Regulations 2013",
        examples=(Example(date(2026, 11, 23), date(2027, 1, 17)), Example(date(2024, 2, 1), date(2024, 3, 27))),
    ),
    BasisFacts(
        "audit",
        "audit",
        "Internal audit",
        "As agreed",
        Answerer.STATED,
        ClockStart.STATED,
        answer_to="the internal auditor",
        last_day_name="Agreed day",
        page_words=_AGREED,
    ),
    BasisFacts(
        "ico",
        "ico",
        "Information Commissioner’s Office",
        "As its report says",
        Answerer.STATED,
        ClockStart.STATED,
        answer_to="the Information Commissioner",
        last_day_name="Stated last day",
        page_words=_STATED,
    ),
    BasisFacts(
        "review",
        "review",
        "Safeguarding or domestic homicide review",
        "As the review says",
        Answerer.STATED,
        ClockStart.STATED,
        about_deaths=True,
        last_day_name="Stated last day",
        page_words=_STATED,
    ),
    BasisFacts(
        "inquiry",
        "inquiry",
        "Inquiry",
        "As its report says",
        Answerer.STATED,
        ClockStart.STATED,
        about_deaths=True,
        last_day_name="Stated last day",
        page_words=_STATED,
    ),
    BasisFacts(
        "direction",
        "direction",
        "Direction to a force",
        "As the direction says: announced in January 2026, not law when last looked",
        Answerer.CHIEF_OFFICER,
        ClockStart.STATED,
        may_refuse=False,
        in_use=False,
        read_verbatim=False,
        last_day_name="Day of the direction",
        page_words="The force does what the direction says. “Not accepted” is not a lawful answer.",
    ),
    BasisFacts(
        "other",
        "other",
        "Other",
        "As stated",
        Answerer.STATED,
        ClockStart.STATED,
        last_day_name="Stated last day",
        page_words=_STATED,
    ),
)
BASES = {each.key: each for each in _BASES}
FOR_KIND = {
    InspectionKind.CUSTODY: JOINT,
    InspectionKind.JOINT_THEMATIC: JOINT,
    InspectionKind.PROGRESS_LETTER: ACCELERATED,
}
