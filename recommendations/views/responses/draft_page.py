"""The page on which a response is drafted: its parts with their forms, what is missing, commitments, other writers."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from recommendations.documents.formats.markdown_html import to_html
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.parts.states import PartState
from recommendations.domain.responses.draft import commitments, completeness, parts
from recommendations.domain.responses.draft.commitments import MarkedSentence, PartCommitments
from recommendations.domain.responses.draft.completeness import Missing
from recommendations.domain.responses.draft.parts import NAMES
from recommendations.domain.responses.draft.shared_comments import sharing_parts
from recommendations.domain.text.quotations import without_marks
from recommendations.domain.text.security_marking import marking_of
from recommendations.enums import ActionKind, Marking, RecommendationKind, ResponseState
from recommendations.forms.responses.draft_commitments import DraftCommitmentForm
from recommendations.forms.responses.draft_parts import PartForm
from recommendations.forms.site.base import Form
from recommendations.models import DraftPart
from recommendations.models.responses.drafts import CORRECTION, NARRATIVE, REPLY
from recommendations.views.register.tracked_page import marked_texts
from recommendations.views.responses.status import Life

TOOLS = (("bold", "Bold"), ("heading", "Heading"), ("list", "List"), ("link", "Link"), ("footnote", "Footnote"))
HINTS = {
    CORRECTION: "Printed at the beginning of the new version: what was wrong, and what it says now.",
    REPLY: "Published beside the chief officers’ comments, where there is something to answer.",
}
EDIT_DROPS = {
    ResponseState.SUBMITTED: "This text waits for approval. If you save a change here, it is taken back to be drafted, "
    "and has to be submitted again.",
    ResponseState.APPROVED: "This text is approved. If you save a change here, the approval is dropped, and the text "
    "has to be submitted and approved again.",
}


@dataclass(frozen=True)
class Theirs:
    """What someone else saved in the same part meanwhile."""

    who: str
    at: str
    text: str
    action: str


@dataclass(frozen=True)
class DraftPartRow:
    """A part with its form. `texts` is the report's text with the deadline words marked; `lacks` is (state, is
    complete)."""

    key: str
    label: str
    part: DraftPart
    form: PartForm
    of: PartCommitments
    lacks: tuple[str, bool] = ("", True)
    texts: list = field(default_factory=list)
    addressees: str = ""
    host: str = ""
    also: str = ""
    hint: str = ""
    theirs: Theirs | None = None
    commitment: DraftCommitmentForm | None = None
    is_optional: bool = False  # a finding that no law asks to be answered: folded while it is blank

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written, shown as refused or saved by someone else here."""
        typed = any(self.form[name].value() for name in ("text", "action", "reason") if name in self.form.fields)
        return not (typed or self.part.with_part or self.theirs or self.form.errors or self.commitment)

    @property
    def opens_more(self) -> bool:
        """Whether the marking and the other recommendations that it answers are shown at once."""
        shows = {"also", "marking"} & set(self.form.errors)
        return bool(self.also or shows) or self.form["marking"].value() not in ("", None, Marking.OFFICIAL)

    @property
    def suggested(self) -> list[tuple[str, int]]:
        """The sentences that read like a commitment, without markup, with their position."""
        return [(without_marks(each.quote), each.start) for each in self.of.suggested]

    @property
    def promised(self) -> list[tuple[MarkedSentence, str]]:
        return [(each, without_marks(each.quote)) for each in self.of.marked]


@dataclass
class DraftPage(Life):
    """The page. `forms` are the submitted parts by key, when they are shown again; `gone` the key and text of
    parts that are no longer asked; `commitment` the open form; `is_refused` whether submitting was refused
    because something is missing."""

    forms: dict[str, PartForm] = field(default_factory=dict)
    gone: list[tuple[str, str]] = field(default_factory=list)
    commitment: DraftCommitmentForm | None = None
    preview_is_open: bool = False
    is_refused: bool = False

    tools = TOOLS

    @cached_property
    def labels(self) -> dict[str, str]:
        return parts.labels_of_parts(self.parts)

    @cached_property
    def names(self) -> dict[str, str]:
        """Part key → how people name its recommendation: "7.1", "AFI 11"."""
        return {part.key: name_of(self.labels[part.key]) for part in self.parts if part.recommendation}

    @cached_property
    def answers(self) -> dict[str, list[str]]:
        return sharing_parts(self.parts)

    @cached_property
    def missing(self) -> list[Missing]:
        return completeness.missing(self.response, self.today, self.parts)

    @property
    def marking(self) -> str:
        """The highest marking of the parts, in words; printed on the page and on everything exported from it."""
        return marking_of(self.parts).label

    @property
    def markings(self) -> list[tuple[str, str, bool]]:
        """What the whole draft can be marked: value, words, and whether it is so now."""
        now = marking_of(self.parts)
        return [(each.value, str(each.label), each == now) for each in Marking]

    @cached_property
    def promised(self) -> dict[str, PartCommitments]:
        return commitments.commitments_of(self.parts, self.today)

    @cached_property
    def rows(self) -> list[DraftPartRow]:
        return [self._row(part) for part in self.parts]

    @property
    def correction(self) -> DraftPartRow | None:
        return next((row for row in self.rows if row.key == CORRECTION), None)

    @property
    def narrative(self) -> DraftPartRow:
        return next(row for row in self.rows if row.key == NARRATIVE)

    @property
    def reply(self) -> DraftPartRow:
        return next(row for row in self.rows if row.key == REPLY)

    @property
    def asked(self) -> list[DraftPartRow]:
        return [row for row in self.rows if row.part.recommendation]

    def form_of(self, part: DraftPart, data: Mapping[str, Any] | None = None) -> PartForm:
        """A part's form, as saved or with submitted `data`."""
        label = NAMES.get(part.name) or self.response.body.comment_label
        return PartForm(part, data, label=label, answers=self.answers.get(part.key, ()), names=self.names)

    def _row(self, part: DraftPart) -> DraftPartRow:
        form = self.forms.get(part.key) or self.form_of(part)
        opened = self.commitment and self.commitment["into"].value() == part.key
        asked = part.recommendation
        return DraftPartRow(
            key=part.key,
            label=self.labels[part.key],
            part=part,
            form=form,
            of=self.promised[part.key],
            lacks=self._lacks(part) if asked else ("", True),
            texts=marked_texts(asked, list(map(PartState, asked.parts.all())), with_states=False) if asked else [],
            addressees="; ".join(each.name for each in asked.addressees.all()) if asked else "",
            host=self.labels[part.with_part.key] if part.with_part else "",
            also=", ".join(self.labels[key] for key in self.answers.get(part.key, ())),
            hint=HINTS.get(part.name, ""),
            theirs=self.theirs(form.theirs) if form.theirs else None,
            commitment=self.commitment if opened else None,
            is_optional=asked is not None and asked.kind != RecommendationKind.RECOMMENDATION,
        )

    @cached_property
    def has_comments(self) -> bool:
        """Whether a chief officer has commented, so that a reply may be due."""
        return any(voice.comments for voice in self.voices)

    def _lacks(self, part: DraftPart) -> tuple[str, bool]:
        """The state of a recommendation in words, and whether it is complete."""
        found = [each for each in self.missing if each.anchor == part.key]
        said = parts.answer_of(part)
        if not found:
            return ("Complete" if said else "Not needed"), True
        if not said.action:
            return ("Action missing" if said.comment else "Action and comment missing"), False
        if said.action == ActionKind.NONE and not said.reason:
            return "Reason missing", False
        return ("Comment missing" if not (said.comment or part.with_part) else "Look at this"), False

    def theirs(self, part: DraftPart) -> Theirs:
        """What someone else saved, in words."""
        who = part.saved_by.name if part.saved_by else "someone else"
        reason = f": {part.reason}" if part.reason else ""
        action = f"{part.get_action_display()}{reason}" if part.action else ""
        marked = f"Marked {part.get_marking_display()}" if part.marking != Marking.OFFICIAL else ""
        with_part = f"Answered with {self.labels.get(part.with_part.key, 'another')}." if part.with_part else ""
        text = part.text or with_part or ("" if action else "Nothing: it was emptied.")
        return Theirs(who, self.moment_words(part.saved_at), text, ". ".join(filter(None, (action, marked))))

    def moment_words(self, moment: datetime.datetime) -> str:
        """ "14:32" for today, else "5 November, 14:32"."""
        local = localtime(moment)
        return f"{local:%H:%M}" if local.date() == self.today else f"{self.day_words(local.date())}, {local:%H:%M}"

    @property
    def lacking(self) -> list[tuple[Missing, str]]:
        """What is missing, each with the address of its field."""
        return [(each, self._address(each)) for each in self.missing]

    def _address(self, lack: Missing) -> str:
        if lack.anchor == "report":
            return self.response.get_absolute_url()
        if lack.anchor == "chief-officers" or lack.anchor not in self.labels:
            return "#chief-officers"
        form = next(row.form for row in self.rows if row.key == lack.anchor)
        empty = [name for name in ("action", "text") if name in form.fields and not form[name].value()]
        return f"#{_id_of(form, (empty or ['text' if 'text' in form.fields else 'action'])[0])}"

    @property
    def missing_links(self) -> list[tuple[Missing, str]]:
        """`lacking` for the response's own page: chief officers' comments have their own page, the rest links to
        the draft."""
        comments = reverse("response_comments", args=[self.response.pk])
        return [
            (each, comments if each.anchor == "chief-officers" else self._link_from_outside(address))
            for each, address in self.lacking
        ]

    def _link_from_outside(self, address: str) -> str:
        return f"{self.save_url}{address}" if address.startswith("#") else address

    @property
    def done_words(self) -> str:
        """The names of the recommendations that lack nothing, in one line."""
        done = [self.names[row.key] for row in self.asked if row.lacks == ("Complete", True)]
        return ", ".join(done)

    @property
    def all_promised(self) -> list[tuple[DraftPartRow, MarkedSentence, str]]:
        """The commitments of the whole draft, each with its part."""
        return [(row, each, quote) for row in self.rows for each, quote in row.promised]

    @cached_property
    def writers(self) -> list[str]:
        """Who else is writing: "Joe Brandreth is writing in recommendation 4, saved 14:32." """
        return [
            f"{each.name} is writing in {inside(each.part)}, saved {self.moment_words(each.at)}."
            for each in parts.who_writes(self.response, self.moment, self.user, self.parts)
        ]

    @property
    def saved_words(self) -> str:
        """When the draft was last saved, by anyone."""
        saved = [part.saved_at for part in self.parts if part.saved_by]
        return f"Draft saved {self.moment_words(max(saved))}" if saved else "Nothing is written yet"

    @property
    def warning(self) -> str:
        """What an edit would do in the current state."""
        return EDIT_DROPS.get(ResponseState(self.response.state), "")

    @property
    def saves_by_itself(self) -> bool:
        """Whether the page autosaves: an edit that drops a submission needs a button, not a stray key."""
        return self.response.state == ResponseState.DRAFTING

    @property
    def preview(self) -> str:
        return to_html(self.narrative.part.text, prefix="preview-", top=3) if self.preview_is_open else ""

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What could not be saved: messages, each with the id of its field."""
        found = []
        for row in self.rows:
            if row.theirs:
                words = f"{row.label}: {row.theirs.who} saved it too. Both texts are shown there"
                found.append((words, row.key))
            found += [
                (f"{row.label}: {message}", _id_of(row.form, name) if name in row.form.fields else row.key)
                for name, messages in row.form.errors.items()
                for message in messages
            ]
        if self.commitment and self.commitment.is_bound:
            found += [
                (str(message), _id_of(self.commitment, name) if name in self.commitment.fields else "commitment")
                for name, messages in self.commitment.errors.items()
                for message in messages
            ]
        return found

    @property
    def save_url(self) -> str:
        return reverse("draft_response", args=[self.response.pk])


def name_of(label: str) -> str:
    """How people refer to a recommendation: "7.1", "AFI 11"."""
    return label.removeprefix("Recommendation ").replace("Area for improvement", "AFI")


def inside(label: str) -> str:
    """A part's name within a sentence: "the narrative", "recommendation 4", "AFI 11"."""
    return f"the {in_sentence(label)}" if label in NAMES.values() else in_sentence(label)


def _id_of(form: Form, name: str) -> str:
    """The id of a field, for a link to it."""
    return str(form[name].first_id)  # type: ignore[attr-defined]  # a GovukBoundField (forms/site/rendering.py)
