"""The panels beside the author's text boxes: the relevant figures and the last paper's text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import QuerySet

from recommendations.domain.papers.claims import Contradiction, contradictions, shares_of
from recommendations.domain.papers.data.author_text import FrontWords
from recommendations.domain.papers.data.charts import Charts
from recommendations.domain.papers.data.paper import NO_DATE, Figures
from recommendations.domain.papers.sections.author_text import REMARKS, SLOTS, matters_by_slot
from recommendations.domain.papers.sections.matters import matters_by_key, overdue_without_recovery
from recommendations.domain.text import dataclass_json, quotations
from recommendations.enums import PaperState, Rag
from recommendations.models import PaperWords, ScrutinyReport
from recommendations.periods import say, say_days

ALIKE = 0.8  # share of words that two similar sentences have in common, in the same order
SHOWN = 5  # overdue recommendations that are listed


@dataclass(frozen=True, kw_only=True)
class ContextPanel:
    """The panel beside a text box.

    `figures` are sentences; `last` is the last paper's text for this box; `alike` are sentences of the box that the
    last paper also had, in this box or another, and `contradictions` those that the figures contradict.
    """

    figures: tuple[str, ...] = ()
    last: str = ""
    alike: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LastPaper:
    """The author's text in the force's last paper: which paper, and the text by box."""

    name: str = ""
    texts: Mapping[str, str]

    @property
    def sentences(self) -> list[str]:
        return [sentence for text in self.texts.values() for sentence in sentences(text)]


def context_panels(
    *, figures: Figures, words: PaperWords, last: LastPaper, typed: Mapping[str, str]
) -> dict[str, ContextPanel]:
    """Return the panel beside each box, by its name in PaperWords. `typed` is the boxes' current text."""
    by_box = _figures_by_box(figures, words)
    return {name: context_panel(name, lines, last, typed, [figures]) for name, lines in by_box.items()}


def context_panel(
    name: str, lines: tuple[str, ...], last: LastPaper, typed: Mapping[str, str], all_figures: Sequence[Figures]
) -> ContextPanel:
    """Return the panel beside one box: the figures in `lines`, and the last paper's text.

    `all_figures` are the figures of the paper or, of a joint one, its parts.
    """
    earlier, text = last.sentences, typed.get(name, "")
    same = tuple(each for each in sentences(text) if any(alike(each, other) for other in earlier))
    against = tuple(contradictions(all_figures, {name: text}))
    return ContextPanel(figures=lines, last=last.texts.get(name, ""), alike=same, contradictions=against)


def last_paper(paper: ScrutinyReport) -> LastPaper:
    """Return the text of the force's last finalised paper, open or closed like this one, in its newest issue.

    Empty if there is none. One query.
    """
    like_it = {"closed": paper.closed, "source": paper.source}
    papers = ScrutinyReport.objects.filter(
        force=paper.own_force, state=PaperState.FINALISED, end__lt=paper.end, **like_it
    )
    return last_of(papers)


def last_of(papers: QuerySet[ScrutinyReport]) -> LastPaper:
    """Return the text of the newest of these papers, or an empty one if there is none. One query."""
    found = papers.order_by("-end", "-issue", "-pk").values_list("end", "issue", "figures__front").first()
    if not found or not found[2]:
        return LastPaper(texts={})
    end, issue, front = found
    return LastPaper(name=f"The paper to {say(end)}, issue {issue}", texts=_texts(front))


def sentences(text: str) -> list[str]:
    """Return a text's sentences; a line break also ends a sentence."""
    return [each.text for line in text.splitlines() for each in quotations.sentences(line)]


def alike(one: str, other: str) -> bool:
    """Whether two sentences have nearly all their words in common, in the same order."""
    first, second = (re.findall(r"\w+", each.casefold()) for each in (one, other))
    return bool(first) and SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _texts(front_words: dict) -> dict[str, str]:
    front: FrontWords = dataclass_json.from_json(FrontWords, front_words)
    matters = {f"matter_{slot}_words": matter.words for slot, matter in zip(SLOTS, front.matters, strict=False)}
    remarks = {name: getattr(front, name) for name in REMARKS}
    return {"view_words": front.view_words, **matters, "questions": "\n".join(front.questions), **remarks}


def _figures_by_box(figures: Figures, words: PaperWords) -> dict[str, tuple[str, ...]]:
    made = matters_by_key(figures)
    matters = {
        f"matter_{slot}_words": (f"{made[key].words} {made[key].rests_on}.",) if key in made else ()
        for slot, key in matters_by_slot(words, made).items()
    }
    charts = _chart_figures(figures, figures.charts) if figures.charts and not figures.is_empty else {}
    remarks = {name: tuple(charts.get(name, ())) for name in REMARKS}
    return {
        "view_words": tuple(_view_figures(figures)),
        **matters,
        "questions": tuple(_question_figures(figures)),
        **remarks,
    }


def _view_figures(figures: Figures) -> Iterator[str]:
    shown, day = figures.then_and_now, say(figures.opening_on)
    yield f"Open: {shown.open_now}, and {shown.open_then} on {day}."
    yield f"Overdue: {shown.overdue_now}, and {shown.overdue_then} on {day}."
    yield f"Overdue without a recovery plan: {len(overdue_without_recovery(figures))}."
    yield f"{NO_DATE}: {len(figures.undated or ())}."
    agrees = ", ".join(f"{count.label.lower()} {count.count}" for count in figures.closed_by_hmicfrs)
    yield f"Closed: {figures.sum.closed}. {figures.source_word}: {agrees}."
    yield from share_sentences([figures], "evidence", "moved_late", "assessed", "old")


def share_sentences(all_figures: Sequence[Figures], *names: str) -> Iterator[str]:
    """Yield the figures that sentences of a box lean on (claims.shares_of), as sentences."""
    shares = shares_of(all_figures)
    yield from (f"{shares[name]}." for name in names if name in shares)


def _question_figures(figures: Figures) -> Iterator[str]:
    for line in figures.overdue[:SHOWN]:
        forecast = f"forecast {say(line.forecast_on)}" if line.forecast_on else "no forecast"
        yield f"{line.reference}: {say_days(line.days_over)} over, {line.moved_words}, {forecast}."
    if len(figures.overdue) > SHOWN:
        yield f"Overdue in all: {len(figures.overdue)}."
    yield f"Targets moved in the period: {len(figures.moved)}."
    yield from share_sentences([figures], "moved_late", "old", "no_plan")


def _chart_figures(figures: Figures, charts: Charts) -> dict[str, list[str]]:
    """Return each chart's numbers in words, by the name of the remark."""
    by_colour = [
        f"{kind.kind}: {', '.join(f'{each.word.lower()} {each.count}' for each in kind.colours)}; {kind.open} open."
        for kind in charts.by_colour
        if kind.open
    ]
    undated = f"With no date at all: {len(figures.undated or ())} of {charts.of(Rag.AMBER)} that are amber."
    quarters = [
        f"{each.label}: {each.opened} opened, {each.closed} closed, {each.open} open." for each in charts.quarters
    ]
    ages = [
        f"{band.label[:1].upper()}{band.label[1:]}: {band.open} open, {band.overdue} of them overdue."
        for band in charts.ages
        if band.open
    ]
    ages += share_sentences([figures], "old")
    return {"remark_colours": [*by_colour, undated], "remark_quarters": quarters, "remark_ages": ages}
