"""Verify that finalised papers are as filed: their bytes, their stored figures and the dated rows behind them."""

import datetime
import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from recommendations import trail
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.differences import differences
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.data import JointFigures
from recommendations.domain.papers.joint.papers import joint_figures, stored_joint_figures
from recommendations.domain.papers.point_in_time import PastSnapshot, at_trail_entry
from recommendations.domain.papers.sections.recorded_late import late_facts
from recommendations.domain.text.redacted import as_redacted
from recommendations.enums import PaperState
from recommendations.models import IssuedFile, ReceivedRecord, RedactedFiling, ScrutinyReport, TrailEntry
from recommendations.periods import say

# The head is checked against the trail itself. Definitions and format come from the program, and are in the trail.
NOT_COMPILED = ("trail_head", "trail_count", "definitions", "format")


@dataclass(kw_only=True)
class PaperCheck:
    """The result for one paper. `problems` are errors; `late` are facts recorded after it, which are not.

    `file` and `sha256` are "" if the file's row is missing, which is a problem; if the paper's own row cannot be read,
    `known_at` is None and the title is only a number.
    """

    pk: int
    title: str
    file: str
    sha256: str
    known_at: datetime.datetime | None
    count: int
    problems: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


def check_papers(progress: Callable[[int, int], None] | None = None) -> list[PaperCheck]:
    """Check each finalised paper, newest first. Nothing is written.

    `progress` is called with the number of papers compiled again so far and the total. One paper is in memory at a
    time.
    """
    with at_trail_entry() as past:
        finalised = ScrutinyReport.objects.filter(state=PaperState.FINALISED).exclude(pk__in=_received())
        return check_against(past, list(finalised.order_by("pk").values_list("pk", flat=True)), progress)


def _received() -> QuerySet[Any]:
    """Return the ids of papers that another office filed, whose own records they are held against."""
    found = ReceivedRecord.objects.filter(model=ScrutinyReport._meta.label_lower, register__undone_at__isnull=True)
    return found.filter(record__isnull=False).values("record")


def check_against(
    past: PastSnapshot,
    papers: Sequence[int],
    progress: Callable[[int, int], None] | None = None,
    not_here: Collection[str] = (),
) -> list[PaperCheck]:
    """Check these papers against what `past` reads, newest first. `not_here` are figures whose records it has not."""
    found = [_check_filed(pk) for pk in papers]
    checks = sorted(found, key=lambda check: (-check.count, -check.pk))
    for done, check in enumerate(checks, start=1):
        if check.known_at is not None:
            check.problems += _figure_problems(check, past, {*NOT_COMPILED, *not_here})
        if progress:
            progress(done, len(checks))
    return sorted(checks, key=lambda check: check.pk, reverse=True)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _filed_figures(paper: ScrutinyReport) -> dict:
    return paper.figures if isinstance(paper.figures, dict) else {}


def _check_filed(pk: int) -> PaperCheck:
    """Check file, figures and head against the trail, and find late facts. Must run before anything is undone.

    Whatever is wrong with a paper's data becomes a problem of this paper, and the next one is still checked.
    """
    try:
        paper = ScrutinyReport.objects.select_related("force", "file", "public_file").get(pk=pk)
        check = _check_of(paper)
    except Exception as failed:
        problem = f"It cannot be read ({type(failed).__name__}: {failed})."
        return PaperCheck(pk=pk, title=f"Paper {pk}", file="", sha256="", known_at=None, count=0, problems=[problem])
    for found, problems in (
        (_file_problems, check.problems),
        (_head_problems, check.problems),
        (late_facts, check.late),
    ):
        try:
            problems += found(paper)
        except Exception as failed:
            check.problems.append(f"What it is held against cannot be read ({type(failed).__name__}: {failed}).")
    return check


def _check_of(paper: ScrutinyReport) -> PaperCheck:
    if paper.known_at is None:
        raise ValueError("it is finalised and has no moment")
    return PaperCheck(
        pk=paper.pk,
        title=f"{paper.about}, {say(paper.start)} to {say(paper.end)}, issue {paper.issue}",
        file=paper.file.name if paper.file else "",
        sha256=paper.file.sha256 if paper.file else "",
        known_at=paper.known_at,
        count=_number(_filed_figures(paper).get("trail_count")),
    )


def _file_problems(paper: ScrutinyReport) -> Iterator[str]:
    named = [(paper.file, "file"), (paper.public_file, "public edition")]
    files = [(file, words) for file, words in named if file]
    told = _finalised_contents(paper)
    yield from _missing_files(paper, told or {})
    for file, words in files:
        now = hashlib.sha256(bytes(file.content)).hexdigest()
        if now != file.sha256:
            yield f"The {words}’s bytes were changed: their SHA-256 is {now}, and {file.sha256} is kept."
    if told is None:
        yield "The trail has no entry that says it was finalised."
        return
    kept: list[tuple[type[Model], Model, dict[str, str]]] = [
        *((IssuedFile, file, {"content": f"the {of}’s bytes", "sha256": f"the {of}’s SHA-256"}) for file, of in files),
        (ScrutinyReport, paper, {"figures": "the kept figures", "known_at": "the moment it is known at"}),
    ]
    for model, record, names in kept:
        said = told.get((model._meta.label_lower, record.pk), {})
        for name, words in names.items():
            if said.get(name) != trail.digest(getattr(record, name)):
                yield f"The trail’s entry of finalising it names other contents for {words}."


def _missing_files(paper: ScrutinyReport, trailed: dict[tuple[str, int], dict[str, str]]) -> Iterator[str]:
    """Yield the files that the paper refers to and that are missing, each with what the trail knows of its bytes."""
    named = [(paper.file_id, paper.file, "file"), (paper.public_file_id, paper.public_file, "public edition")]
    for pk, file, words in named:
        if pk and file is None:
            digest = trailed.get((IssuedFile._meta.label_lower, pk), {}).get("content")
            begins = f" The SHA-256 of its bytes begins with {digest}, as the trail has it." if digest else ""
            yield f"The {words} is missing: there is no issued file {pk}.{begins}"


def _finalised_contents(paper: ScrutinyReport) -> dict[tuple[str, int], dict[str, str]] | None:
    """Return what the finalising entry says was saved. Its digest of the bytes is the first half of their SHA-256."""
    label, whole = paper._meta.label_lower, paper.part_of_id or paper.pk
    entry = TrailEntry.objects.filter(verb="finalise_paper", subject_model=label, subject_id=whole).first()
    if entry is None:
        return None
    return {(change["model"], change["id"]): change["fields"] for change in json.loads(entry.changes)}


def _head_problems(paper: ScrutinyReport) -> Iterator[str]:
    count, head = _filed_figures(paper).get("trail_count", 0), _filed_figures(paper).get("trail_head", "")
    entry = TrailEntry.objects.filter(sequence=_number(count)).only("hash").first()
    if (entry.hash if entry else "") != head:
        yield f"The trail’s entry {count} is not the one that the paper prints."


def _figure_problems(check: PaperCheck, past: PastSnapshot, left_out: Collection[str]) -> list[str]:
    """Return each difference between the stored figures and those compiled now for the same day and moment."""
    try:
        paper = ScrutinyReport.objects.defer("file").get(pk=check.pk)
        if not (kept := _filed_figures(paper)):
            return ["It keeps no figures."]
        assert check.known_at is not None  # check_papers has checked it
        past.go_back_to(check.count, check.known_at)
        compared = {name: said for name, said in kept.items() if name not in left_out}
        again = _recompile(paper).to_json()
        return list(differences(as_redacted(compared, again) if _is_redacted(paper) else compared, again))
    except Exception as failed:  # whatever is wrong with the data it is counted from
        return [f"Its figures cannot be compiled again ({type(failed).__name__}: {failed})."]


def _is_redacted(paper: ScrutinyReport) -> bool:
    """Whether text the paper was filed with was redacted since, so that text found now differs there."""
    return RedactedFiling.objects.filter(paper__in=[paper.pk, *paper.parts.values_list("pk", flat=True)]).exists()


def _recompile(paper: ScrutinyReport) -> Figures | JointFigures:
    """Compile the figures again. A joint paper's are its parts' stored totals, as each part is checked separately."""
    if paper.known_at is None:
        raise ValueError("A draft has no moment.")
    if paper.is_joint:
        return joint_figures(paper, stored_joint_figures(paper).parts, paper.known_at)
    kept = _filed_figures(paper)
    return compile_figures(
        paper=paper,
        known_at=paper.known_at,
        off=tuple(kept.get("sections_off", ())),
        section_55_by_kind=bool(kept.get("section_55_by_kind")),
        format=_number(kept.get("format")) or 1,
    )
