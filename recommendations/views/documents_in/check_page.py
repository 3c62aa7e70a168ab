"""The page on which a document that is being imported is checked: its lines, and what will be saved."""

import datetime
import json
from collections.abc import Collection, Iterable
from functools import cached_property

from django.forms import BoundField
from django.urls import reverse

from recommendations.enums import InspectionKind
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.summary import counts_by_kind, counts_in_words
from recommendations.forms.documents_in.check import ReadForm, numbers_used_twice
from recommendations.forms.documents_in.check_rows import ReadRecommendationForm
from recommendations.forms.documents_in.check_values import CommentRow, RecommendationRow, day_of
from recommendations.forms.documents_in.marked import RESPONSE, as_pk
from recommendations.forms.documents_in.steps import FACTS_FORM, RANGES, names_of
from recommendations.models import DocumentDraft, Inspection, PolicingBody, Response
from recommendations.periods import say
from recommendations.views.documents_in.check_lines import CheckLines, Item, ShownLine, signature, signed
from recommendations.views.documents_in.check_parts import ReadPart, lines_in_words

type Choice = tuple[str, str, str]

# What a line can be marked as with one press: role, key, words.
R, P, U = ("recommendation", "r", "Recommendation"), ("part", "p", "Part"), ("number", "u", "Number")
C, F, N = ("comment", "c", "Comment"), ("force", "f", "Force’s words"), ("narrative", "n", "Narrative")
T, Y, H, X = ("title", "t", "Title"), ("day", "y", "Day"), ("heading", "h", "Heading"), ("nothing", "x", "Leave out")
OWN_TEXT = ("nothing", "x", "Own text")
OF_A_RESPONSE, OF_A_REPORT = (R, P, C, F, N, T, Y, U, X), (R, P, U, H, T, Y, OWN_TEXT)
# And what else, in a list.
ALSO = (("more", "More of its text"), ("deadline", "Its deadline"), ("addressees", "Whom it is directed to"))
ALSO_IN_A_RESPONSE = (
    ("heading", "Its heading"),
    *ALSO,
    ("chief", "Chief officer on the whole"),
    ("reply", "Reply to the chief officer"),
    ("note", "Footnote"),
)


LAYOUT_FOR: dict[str, str] = {
    LayoutKind.HMICFRS: "HMICFRS reports",
    LayoutKind.IOPC: "IOPC recommendations",
    LayoutKind.AUDIT: "internal audits",
}


class CheckPage:
    """The page's values. `line` is the block whose menu is open, `edit` the part whose fields are. `opened` are lines
    that are shown whatever they are, and `has` what the script has, as name and signature.
    """

    save_words, noun = "Save response", "response"
    also: tuple[tuple[str, str], ...] = ALSO_IN_A_RESPONSE
    has_comments = True
    list_url, list_words, choose_words = "responses", "Responses", "Add a published response"
    choose_name = "import_response"
    facts_template = "documents_in/check/facts_of_response.html"

    def __init__(
        self,
        form: ReadForm,
        draft: DocumentDraft,
        *,
        line: int = 0,
        edit: str = "",
        opened: Iterable[int] = (),
        has: Collection[str] = (),
    ) -> None:
        self.form, self.draft, self.marked = form, draft, form.marked
        self.values, self.labels = form.values, form.labels
        self.lines = CheckLines(self.marked)
        self.edit, self.opened, self.has = edit, set(opened), has
        self.line = line if 0 < line <= self.total else next(iter(self.lines.unsure), 1)

    @property
    def url(self) -> str:
        return self.draft.get_absolute_url()

    @property
    def choose_url(self) -> str:
        return reverse(self.choose_name)

    # -- the document

    @property
    def total(self) -> int:
        return len(self.marked.blocks)

    @cached_property
    def items(self) -> list[tuple[Item, str]]:
        """The lines, rows of tables and folds, each with its signature."""
        return signed(self.lines.items(self.opened | {self.line}))

    @cached_property
    def changes(self) -> list[tuple[Item, str]]:
        """Those of them that the script has not, or has otherwise: it has "l13=0a1b2c"."""
        return [(item, sign) for item, sign in self.items if f"{item.anchor}={sign}" not in self.has]

    @property
    def order(self) -> str:
        """The names of all of them, in the order of the document."""
        return " ".join(item.anchor for item, _ in self.items)

    @cached_property
    def current(self) -> ShownLine:
        return self.lines.line(self.marked.blocks[self.line - 1])

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.choices_for(self.marked.kind)

    @staticmethod
    def choices_for(kind: str) -> tuple[Choice, ...]:
        """What a line of such a document can be marked as with one press: role, key and words."""
        return OF_A_RESPONSE if kind == RESPONSE else OF_A_REPORT

    @property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        return RANGES

    @cached_property
    def about(self) -> list[tuple[str, str]]:
        """The recommendations that a line can be said to be about: first block and name."""
        several = [(self.current.of, "Those of now")] if "," in self.current.of else []
        return [*several, *((key[1:], self._name(label)) for key, label in self.labels.items())]

    @cached_property
    def menu_signature(self) -> str:
        """The signature of a line's menu, which the script moves from line to line: it differs with the recommendations
        that a line can be said to be about.
        """
        return signature(self.labels)

    @property
    def has_new_menu(self) -> bool:
        """Whether the script has another menu, or none."""
        return f"mark={self.menu_signature}" not in self.has

    @staticmethod
    def _name(label: str) -> str:
        return f"Recommendation {label}" if label[:1].isdecimal() else label

    # -- the bar

    @cached_property
    def next_unsure(self) -> int:
        """The next line that needs a look, after the current one and then from the top."""
        unsure = self.lines.unsure
        return next((id_ for id_ in unsure if id_ > self.line), unsure[0] if unsure else 0)

    @cached_property
    def layout_for(self) -> str:
        """For what the document's layout is remembered, in words; "" if it has none to remember."""
        if not self.marked.has_new_layout:
            return ""
        if self.marked.kind != RESPONSE:
            return LAYOUT_FOR[self.marked.kind]
        return self.body.office_name if self.body else "this office"

    @cached_property
    def counts(self) -> list[str]:
        comments = sum(bool(row.text.strip()) for row in self.values.comments)
        kinds = [row.kind for row in self.values.recommendations]
        return counts_in_words(kinds, comments, len(self.values.notes)) if self.has_comments else counts_by_kind(kinds)

    @property
    def has_none(self) -> bool:
        """Whether no recommendation was found: asked before it is saved."""
        return not self.values.recommendations

    @property
    def last_marked(self) -> str:
        """The lines of the last step, for its undo: "line 14", "lines 3 to 9"."""
        step = self.marked.kept.steps[-1]
        first, last = step[0]["id"], step[-1].get("to", step[-1]["id"])
        return f"line {first}" if first == last else f"lines {first} to {last}"

    @property
    def can_undo(self) -> bool:
        return bool(self.marked.kept.steps)

    @property
    def can_redo(self) -> bool:
        return bool(self.draft.undone)

    @cached_property
    def first_followed(self) -> int:
        return self.marked.followed[0] if self.marked.followed else 0

    # -- what will be saved

    @cached_property
    def parts(self) -> list[ReadPart]:
        forms = {row.key: form for row, form in self.form.recommendations} if self._shows_forms else {}
        comment_forms = self.form.comments if self._shows_forms else []
        parts = [self._part(row, forms.get(row.key), comment_forms) for row in self._rows_shown]
        for part in parts:
            part.is_same = f"at-{part.key}={part.signature}" in self.has
        return parts

    @cached_property
    def _rows_shown(self) -> tuple[RecommendationRow, ...]:
        """The recommendations that are shown: of very many, those about the current line, and what prevents saving."""
        rows = self.values.recommendations
        if len(rows) <= MOST_PARTS or self.form.is_bound:
            return rows
        before = sum(int(row.key[1:]) <= self.line for row in rows)
        start = max(0, min(before - MOST_PARTS // 2, len(rows) - MOST_PARTS))
        shown = rows[start : start + MOST_PARTS]
        return (*shown, *(row for row in rows if row.key == self.edit and row not in shown))

    @property
    def more_parts(self) -> int:
        """How many recommendations are not shown."""
        return len(self.values.recommendations) - len(self.parts)

    @property
    def _shows_forms(self) -> bool:
        return self.form.is_bound or self.edit not in ("", FACTS_FORM)

    def _part(self, row: RecommendationRow, form: ReadRecommendationForm | None, comment_forms: list) -> ReadPart:
        below = [each for each in self.values.comments if each.answers[:1] == (row.key,)]
        others = [(each, each_form) for each, each_form in comment_forms if each.answers[:1] == (row.key,)]
        is_wrong = bool(form and (form.errors or any(each.errors for _, each in others)))
        group = self.marked.groups.groups[int(row.key[1:])]
        return ReadPart(
            row=row,
            label=self.labels[row.key],
            cause=self.labels.get(row.cause, ""),
            lines=lines_in_words([block.id for block in (*group.blocks, *group.answers) if block.by == "you"]),
            is_now=self.line in {block.id for block in (*group.blocks, *group.answers)} and self.can_undo,
            corrected=self._corrected([row, *below]),
            comments=below,
            elsewhere=[self.labels[each.answers[0]] for each in self.values.comments if row.key in each.answers[1:]],
            force=self.force,
            force_words=self._force_words.get(int(row.key[1:]), ""),
            form=form if is_wrong or self.edit == row.key else None,
            comment_forms=tuple(others),
            shown=self._values_shown(row.key) if is_wrong or self.edit == row.key else "",
        )

    @cached_property
    def _force_words(self) -> dict[int, str]:
        """The force's or chief officer's words on each recommendation, by its first block."""
        recs = zip(self.marked.groups.groups, self.marked.result.recommendations, strict=True)
        return {id_: rec.chief_officer_comments for id_, rec in recs}

    def _corrected(self, rows: Iterable[RecommendationRow | CommentRow]) -> list[tuple[str, str]]:
        """The typed fields of these rows whose values differ from what the blocks say, with their names in words."""
        names = [(f"{row.prefix}-{name}", name) for row in rows for name in row.names]
        return [(name, FIELDS.get(short, "words")) for name, short in names if self._is_corrected(name)]

    def _is_corrected(self, name: str) -> bool:
        typed = self.marked.typed
        return name in typed and typed[name] != self._derived.get(name, "")

    @cached_property
    def _derived(self) -> dict[str, str]:
        return self.marked.derived.as_post()

    def _values_shown(self, target: str) -> str:
        """The values of a part's fields as they are shown, sent back to see what was changed."""
        values = self.values.as_post()
        names = names_of(self.values, target)
        if target == FACTS_FORM:
            rows = {name for row in self.values.notes for name in row.as_post()}
            names = [name for name in names if name in rows or name in self.form.fields]
        return json.dumps({name: values[name] for name in names})

    # -- the facts

    @property
    def edits_facts(self) -> bool:
        return self.edit == FACTS_FORM or bool(self.form.is_bound and self._wrong_facts)

    @cached_property
    def _wrong_facts(self) -> list[BoundField]:
        shown = [field for field in self.form.visible_fields() if field.name not in ("names_ok", "officer_ok")]
        return [field for field in shown if field.errors]

    @cached_property
    def facts_shown(self) -> str:
        return self._values_shown(FACTS_FORM)

    @cached_property
    def note_forms(self) -> list[tuple]:
        return self.form.notes

    @cached_property
    def corrected_facts(self) -> list[tuple[str, str]]:
        """The facts that were typed over what the blocks say, with what they are called."""
        texts = ("title", "kind", "narrative", "chief_officer_comments", "reply")
        return [(name, FIELDS[name]) for name in texts if self._is_corrected(name)]

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """The facts in words: what each is called, and what it says."""
        facts = self.values.facts
        rows = [
            ("Title", facts["title"] or "not found"),
            ("Kind", InspectionKind(facts["kind"]).label if facts["kind"] in InspectionKind.values else ""),
            ("Published", self._days()),
            ("From", self._from()),
            ("Answers", self._inspection()),
        ]
        return [(name, words) for name, words in rows if words]

    def _days(self) -> str:
        facts = self.values.facts
        report, response = day_of(facts["published_on"]), day_of(facts["responded_on"])
        words = f"report {say(report) if report else 'day not found'}"
        words += f", response {say(response) if response else 'day not found'}"
        last = self._last_day(report)
        if response and last:
            words += ": in time" if response <= last else f": after {say(last)}, its last day"
        return words

    def _last_day(self, report_day: datetime.date | None) -> datetime.date | None:
        facts = self.values.facts
        if report_day is None or facts["kind"] not in InspectionKind.values:
            return None
        outside = facts["section_55"] == "no"
        report = Inspection(kind=facts["kind"], published_on=report_day, section_55=False if outside else None)
        return report.last_day

    def _from(self) -> str:
        return f"{self.body.name if self.body else 'not found'}, for {self.force}"

    @cached_property
    def body(self) -> PolicingBody | None:
        """The policing body whose response this is, or None."""
        pk = as_pk(self.values.facts["body"])
        return PolicingBody.objects.filter(pk=pk).first() if pk else None

    def _inspection(self) -> str:
        chosen = as_pk(self.values.facts["inspection"])
        found = self.form.fields["inspection"].queryset.filter(pk=chosen).first() if chosen else None
        return str(found) if found else "a new inspection, made from this"

    @cached_property
    def force(self) -> str:
        """The short name of the chosen force."""
        chosen = self.form.fields["force"].queryset.filter(pk=as_pk(self.values.facts["force"])).first()
        return chosen.short_name if chosen else "the force"

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """The long texts that will be saved, with their names."""
        named = ("narrative", "chief_officer_comments", "reply")
        return [(TEXTS[name], self.values.facts[name]) for name in named if self.values.facts[name].strip()]

    # -- what the person should know

    @cached_property
    def twice(self) -> list[tuple[str, str]]:
        """The numbers that are used twice, each with the key of its recommendation."""
        rows = [row for key in numbers_used_twice(self.values) if (row := self.values.recommendation(key))]
        return [(row.key, row.number) for row in rows]

    @cached_property
    def answered(self) -> Response | None:
        """A response to the same inspection that is already recorded, or None."""
        chosen = as_pk(self.values.facts["inspection"])
        # without visible_to: only the office brings in responses
        found = Response.objects.filter(answers__inspection=chosen, versions__isnull=False)
        return found.order_by("pk").first() if chosen else None

    @property
    def unaccounted(self) -> list[str]:
        return self.marked.unaccounted

    @property
    def unaccounted_as_typed(self) -> list[str]:
        is_typed = any(map(self._is_corrected, self.marked.typed))
        return self.marked.unaccounted_as_typed if is_typed else []

    @property
    def is_complete(self) -> bool:
        """Whether each line has its place, and each word."""
        return not (self.lines.unsure or self.unaccounted or self.has_none)


MOST_PARTS = 60  # recommendations shown at once
TEXTS = {
    "narrative": "Narrative",
    "chief_officer_comments": "Chief officer’s comments",
    "reply": "Reply to the chief officer’s comments",
}
FIELDS = {
    "title": "the title", "kind": "the kind", "narrative": "the narrative", "reply": "the reply",
    "chief_officer_comments": "the chief officer’s comments", "number": "the number", "heading": "the heading",
    "parts": "the parts", "addressees": "whom it is directed to", "directed": "whether it is the force’s",
    "cause": "its cause of concern", "deadline_words": "the deadline’s words", "deadline_kind": "the deadline",
    "deadline_on": "the deadline’s day", "text": "these words",
}  # fmt: skip
