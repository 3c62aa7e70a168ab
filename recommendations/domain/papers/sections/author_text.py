"""The author's text in a paper: written by the office while it is a draft, and frozen with its figures."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from recommendations.domain.papers.data.author_text import FrontWords, PaperMatter
from recommendations.domain.papers.data.charts import REMARKED
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.sections.matters import matters_by_key, no_figure
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import AssuranceView, Matter
from recommendations.models import Force, PaperWords, ScrutinyReport, User
from recommendations.trail import VerbContext, verb

SLOTS = (1, 2, 3)
MATTERS = tuple(f"matter_{slot}{part}" for slot in SLOTS for part in ("", "_words"))
REMARKS = tuple(f"remark_{key}" for key in REMARKED)
TEXTS = ("item", "purpose", "view", "view_words", *MATTERS, *REMARKS)
LINES = ("asked", "questions")
FACTS = ("meets_on", *TEXTS, *LINES)
PURPOSE = "For assurance"
NOTE = "note the position"
EARLIER_NOTE = "note the position, and that the sum on this page reconciles"  # in papers up to format 3


def usual_asks(force: Force, note: str = NOTE) -> tuple[str, str]:
    """Return what papers usually ask of a committee. The second item is left out if there are no questions."""
    return (note, f"ask the {force.chief_officer_title.lower()} the questions in this paper")


def joint_asks(questions: bool, note: str = NOTE) -> tuple[str, ...]:
    """Return what joint papers usually ask; the second item only if a part has questions."""
    return (note, "ask the chief officers the questions in their force’s part") if questions else (note,)


def note_of(format: int) -> str:
    """Return the first of the usual asks, in the wording of a paper's format."""
    return NOTE if format > 3 else EARLIER_NOTE


def asks_of(paper: ScrutinyReport, questions: bool = True, note: str = NOTE) -> tuple[str, ...]:
    """Return what this paper asks by default."""
    if paper.is_joint:
        return joint_asks(questions, note)
    return usual_asks(paper.own_force, note) if questions else usual_asks(paper.own_force, note)[:1]


def words_of(paper: ScrutinyReport) -> PaperWords:
    """Return a paper's current text or, if nothing was written, an unsaved one of version 0."""
    found = PaperWords.objects.filter(paper=paper.pk).select_related("written_by").first()
    return found or PaperWords(paper=paper, purpose=PURPOSE, version=0)


def write_words(
    *,
    paper: ScrutinyReport,
    version: int,
    by: User | None,
    at: datetime.datetime,
    meets_on: datetime.date | None = None,
    asked: Sequence[str] = (),
    questions: Sequence[str] = (),
    **texts: str,
) -> PaperWords:
    """Save the office's text in a draft. `version` is the version that was read, or 0 if there was none.

    `texts` are the fields named in TEXTS. Raises Refusal if the paper is finalised, a view has no sentence or the
    reverse, or a matter is chosen twice or has no words; Stale if someone else has saved since.
    """
    if unknown := set(texts) - set(TEXTS):
        raise TypeError(f"no words of a paper: {', '.join(sorted(unknown))}")
    with verb("write_paper_words", by=by, at=at, subject=paper) as act:
        paper = lock_row(paper)
        if not paper.is_draft:
            raise Refusal("This paper is finalised. Its words are kept as they were.", code="finalised")
        said = {name: texts.get(name, "").strip() for name in TEXTS}
        said["purpose"] = said["purpose"] or PURPOSE
        _check(said)
        words = PaperWords.objects.filter(paper=paper).first()
        if words is None:
            words = PaperWords(paper=paper)
        else:
            claim(words, version)
        usual = tuple(asked) == asks_of(paper)
        said |= {"asked": "" if usual else "\n".join(asked), "questions": "\n".join(questions)}
        for name, value in said.items():
            setattr(words, name, value)
        words.meets_on, words.written_at, words.written_by = meets_on, at, by
        return act.save(words)


def _check(texts: dict[str, str]) -> None:
    if texts["view"] and not texts["view_words"]:
        raise Refusal("Say the office’s view in a sentence.", "view_words", code="required")
    if texts["view_words"] and not texts["view"]:
        raise Refusal("Choose how far the office is assured.", "view", code="required")
    chosen: set[str] = set()
    for slot in SLOTS:
        key, words = texts[f"matter_{slot}"], texts[f"matter_{slot}_words"]
        if key == Matter.OWN and not words:
            raise Refusal(
                "Write the matter, or choose the figures that it is based on.", f"matter_{slot}_words", code="required"
            )
        if key in ("", Matter.NONE) and words:
            raise Refusal("Choose what these words are based on.", f"matter_{slot}", code="required")
        if key in chosen - {Matter.OWN, Matter.NONE, ""}:
            raise Refusal("These figures are chosen twice. Choose others.", f"matter_{slot}", code="twice")
        chosen.add(key)


def begin_with(act: VerbContext, paper: ScrutinyReport, earlier: ScrutinyReport) -> None:
    """Copy the replaced issue's text to the corrected one, inside the verb that creates it."""
    words = PaperWords.objects.filter(paper=earlier).first()
    if words:
        same = {name: getattr(words, name) for name in FACTS}
        act.save(PaperWords(paper=paper, written_at=act.at, written_by=act.by, **same))


def with_words(paper: ScrutinyReport, figures: Figures) -> Figures:
    """Return the figures with the paper's current text. A part takes the meeting of its joint paper."""
    words = words_of(paper)
    head = words_of(paper.part_of) if paper.part_of else words
    questions = tuple(words.questions.splitlines())
    front = replace(
        front_words(words, asks_of(paper, bool(questions), note_of(figures.format))),
        item=head.item,
        purpose=head.purpose,
        matters=tuple(_matters(words, matters_by_key(figures))),
        questions=questions,
        chief_officer=paper.own_force.details_on(paper.end).chief_officer_title.lower(),
        **{name: getattr(words, name) for name in REMARKS},
    )
    return replace(figures, front=front, meets_on=head.meets_on)


def front_words(words: PaperWords, usual: tuple[str, ...]) -> FrontWords:
    """Return the text above page 1's figures. `usual` is what the committee is asked by default."""
    return FrontWords(
        version=words.version,
        item=words.item,
        purpose=words.purpose,
        asked=tuple(words.asked.splitlines()) or usual,
        view=AssuranceView(words.view).label if words.view else "",
        view_words=words.view_words,
    )


def matters_by_slot(words: PaperWords, made: Iterable[str]) -> dict[int, str]:
    """Return which figures each of the three matters uses (enums.Matter), "" for none.

    An unchosen one takes the next in the usual order (`made`) that nobody chose.
    """
    chosen = {slot: getattr(words, f"matter_{slot}") for slot in SLOTS}
    usual = iter([key for key in made if key not in chosen.values()])
    return {slot: key or next(usual, "") for slot, key in chosen.items()}


def _matters(words: PaperWords, made: dict[str, PaperMatter]) -> Iterator[PaperMatter]:
    """Yield the three matters in order."""
    for slot, key in matters_by_slot(words, made).items():
        matter, own = made.get(key), getattr(words, f"matter_{slot}_words")
        if own:
            yield replace(matter, words=own) if matter else no_figure(key, own)
        elif matter:
            yield matter
