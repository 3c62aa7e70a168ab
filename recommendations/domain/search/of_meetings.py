"""Search entries for meetings, their files, custody visits, committees' requests, and papers with the answers."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse

from recommendations.domain.search.sources import RestsOn, SearchDocument, day_and_month, source
from recommendations.enums import PaperState
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import (
    CommitteeRequest,
    CustodySuite,
    CustodyVisit,
    Force,
    Meeting,
    MeetingFile,
    Panel,
    PaperWords,
    RequestAnswer,
    RequestProof,
    ScrutinyReport,
)
from recommendations.periods import london_day
from recommendations.sections import Section

OF_PAPER = {"state", "finalised_at"}
PARTS = Prefetch("parts", ScrutinyReport.objects.select_related("force").defer("figures"))


def _paper_dependencies(path: str) -> tuple[RestsOn, ...]:
    """What the name of the paper at `path` depends on."""
    return (
        RestsOn(ScrutinyReport, path, OF_PAPER),
        RestsOn(ScrutinyReport, f"{path}__parts", {"id"}),
        RestsOn(Force, f"{path}__force", {"name"}),
        RestsOn(Force, f"{path}__parts__force", {"name"}),
    )


@source(
    Meeting,
    related=("panel",),
    rests_on=(RestsOn(Panel, "panel", {"name", "force_id"}),),
    section=Section.PANELS,
)
def meetings(row: Meeting) -> Iterator[SearchDocument]:
    """A meeting, by its panel, place and note."""
    yield SearchDocument(
        kind=SearchKind.MEETING,
        readers=Readers.MEETINGS,
        force=row.panel.force_id,
        record=row.pk,
        address=row.get_absolute_url(),
        title=f"{row.panel.name}, {day_and_month(row.on)}",
        about=row.get_state_display(),
        names=(row.panel.name, row.place),
        text="\n".join(filter(None, (row.note, row.cancelled_why, row.place))),
        by=row.recorded_by_id,
        day=row.on,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )


@source(
    MeetingFile,
    related=("meeting__panel", "file"),
    left=("file__content",),
    rests_on=(RestsOn(Meeting, "meeting", {"on"}), RestsOn(Panel, "meeting__panel", {"name"})),
    section=Section.PANELS,
)
def meeting_files(row: MeetingFile) -> Iterator[SearchDocument]:
    """Minutes or papers of a meeting, by file name. Their contents are not searched."""
    name = row.file.name
    yield SearchDocument(
        kind=SearchKind.FILE,
        speaker=Speaker.OFFICE,
        readers=Readers.OFFICE,
        force=row.meeting.panel.force_id,
        record=row.meeting_id,
        address=row.meeting.get_absolute_url(),
        title=f"{row.meeting.panel.name}, {day_and_month(row.meeting.on)}",
        about=f"{row.get_kind_display()}: the name is searched, what is in the file is not",
        names=(name.replace("_", " "), row.get_kind_display()),
        text=name,
        by=row.recorded_by_id,
        day=row.meeting.on,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )


@source(
    CustodyVisit,
    related=("suite",),
    rests_on=(RestsOn(CustodySuite, "suite", {"name", "force_id"}),),
    section=Section.CUSTODY,
)
def custody_visits(row: CustodyVisit) -> Iterator[SearchDocument]:
    """The visitors' findings in a custody suite, and the force's answer."""
    if row.findings or row.answer:
        yield SearchDocument(
            kind=SearchKind.MEETING,
            speaker=Speaker.OFFICE,
            readers=Readers.OFFICE,
            force=row.suite.force_id,
            record=row.pk,
            address=row.get_absolute_url(),
            title=f"Custody visit, {row.suite.name}, {day_and_month(row.on)}",
            about="findings of the visitors, and the force’s answer",
            names=(row.suite.name, "custody visit"),
            text="\n".join(filter(None, (row.findings, row.answer))),
            by=row.recorded_by_id,
            day=row.on,
            recorded_at=row.recorded_at,
            withdrawn_at=row.withdrawn_at,
        )


@source(
    CommitteeRequest,
    related=("panel",),
    rests_on=(RestsOn(Panel, "panel", {"name"}),),
)
def requests(row: CommitteeRequest) -> Iterator[SearchDocument]:
    """A committee's request, and its owner."""
    yield SearchDocument(
        kind=SearchKind.REQUEST,
        readers=Readers.REQUESTS,
        force=row.force_id,
        record=row.pk,
        address=row.get_absolute_url(),
        title=f"Request {row.number}, {row.panel.name}",
        about=f"to be answered by {day_and_month(row.due_on)} {row.due_on.year}",
        names=(row.number, row.owner, row.panel.name),
        text=row.text,
        by=row.recorded_by_id,
        said_by=row.owner,
        day=row.asked_on,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )


@source(
    RequestAnswer,
    related=("request__panel", "paper__force"),
    fetched={"paper": (PARTS,)},
    left=("paper__figures",),
    rests_on=(
        *_paper_dependencies("paper"),
        RestsOn(CommitteeRequest, "request", {"number", "force_id", "text"}),
        RestsOn(Panel, "request__panel", {"name"}),
    ),
)
def answers(row: RequestAnswer) -> Iterator[SearchDocument]:
    """A paper's answer to a request; a draft's is only for the office."""
    if row.text:
        is_given = row.paper.state == PaperState.FINALISED
        yield SearchDocument(
            kind=SearchKind.REQUEST,
            speaker=Speaker.OFFICE,
            readers=Readers.PAPERS if is_given else Readers.OFFICE,
            force=row.request.force_id,
            record=row.paper_id,
            address=reverse("paper", args=[row.paper_id]),
            title=f"Answer to request {row.request.number}, {row.request.panel.name}",
            about=str(row.paper),
            names=(row.request.number, row.request.panel.name),
            beside=(row.request.text,),
            text=row.text,
            by=row.written_by_id,
            day=london_day(row.written_at),
            recorded_at=row.written_at,
        )


@source(
    RequestProof,
    related=("request__panel",),
    rests_on=(
        RestsOn(CommitteeRequest, "request", {"number", "force_id", "text", "withdrawn_at"}),
        RestsOn(Panel, "request__panel", {"name"}),
    ),
)
def request_proofs(row: RequestProof) -> Iterator[SearchDocument]:
    """What answers a request other than a paper, for the office."""
    yield SearchDocument(
        kind=SearchKind.REQUEST,
        speaker=Speaker.OFFICE,
        readers=Readers.OFFICE,
        force=row.request.force_id,
        record=row.request_id,
        address=row.request.get_absolute_url(),
        title=f"Answer to request {row.request.number}, {row.request.panel.name}",
        about=str(row),
        names=(row.request.number, row.request.panel.name),
        beside=(row.request.text,),
        text=row.words,
        by=row.recorded_by_id,
        day=row.effective_on,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )


@source(
    ScrutinyReport,
    related=("force",),
    fetched={"": (PARTS,)},
    left=("figures",),
    rests_on=(
        RestsOn(ScrutinyReport, "parts", {"id"}),
        RestsOn(Force, "force", {"name"}),
        RestsOn(Force, "parts__force", {"name"}),
    ),
)
def papers(paper: ScrutinyReport) -> Iterator[SearchDocument]:
    """A paper, by its name."""
    yield _paper_document(paper, text=str(paper))


@source(
    PaperWords,
    related=("paper__force",),
    fetched={"paper": (PARTS,)},
    left=("paper__figures",),
    rests_on=_paper_dependencies("paper"),
)
def paper_words(row: PaperWords) -> Iterator[SearchDocument]:
    """The office's texts in a paper: its view, matters and questions, and remarks."""
    matters = (row.matter_1_words, row.matter_2_words, row.matter_3_words)
    remarks = (row.remark_colours, row.remark_quarters, row.remark_ages)
    if text := "\n".join(filter(None, (row.view_words, *matters, row.asked, row.questions, *remarks))):
        yield _paper_document(row.paper, text=text, by=row.written_by_id)


def _paper_document(paper: ScrutinyReport, **facts: object) -> SearchDocument:
    usual = {
        "kind": SearchKind.PAPER,
        "speaker": Speaker.OFFICE,
        "readers": Readers.PAPERS,
        "force": paper.force_id,
        "record": paper.pk,
        "address": reverse("paper", args=[paper.pk]),
        "title": str(paper),
        "about": paper.get_state_display().lower(),
        "names": (str(paper), "scrutiny report paper", paper.force.name if paper.force else ""),
        "day": paper.end,
        "recorded_at": paper.finalised_at or paper.prepared_at,
        "by": paper.finalised_by_id or paper.prepared_by_id,
    }
    return SearchDocument(**usual | facts)  # type: ignore[arg-type]  # of the fields’ own types
