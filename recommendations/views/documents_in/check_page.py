"""The page on which a read document is checked: each line with its place, and the parts as they were read."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join

from recommendations.deadlines import Deadline
from recommendations.enums import InspectionKind, RecommendationKind
from recommendations.exchange.documents_in.reports.report_state import NOT_TAKEN
from recommendations.exchange.documents_in.reports.report_state import OWN as OWN_TEXT
from recommendations.exchange.documents_in.responses.reading import doubts_about
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.summary import counts_in_words, reading
from recommendations.forms.documents_in.check import ReadForm, as_pk, numbers_used_twice, unbound
from recommendations.forms.documents_in.check_draft import CommentRow, Draft, RecommendationRow, paragraphs
from recommendations.forms.documents_in.check_rows import CommentForm, ReadRecommendationForm
from recommendations.forms.documents_in.check_steps import day_of
from recommendations.forms.documents_in.placement import CHOICES, NONE, OUT, OWN, TURNED, line_text
from recommendations.forms.documents_in.turning import DOUBTS, turn, voice_of
from recommendations.models import Response
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say

MOST_CHOICES = 100
ANCHORS = {
    "title": "id_title",
    "narrative": "id_narrative",
    "chief": "id_chief_officer_comments",
    "reply": "id_reply",
    "note": "notes",
}
# Fields that a person fills in rather than corrects, and fields that only the form needs.
NOT_READ = {
    *("section_55", "force", "inspection", "published_on", "responded_on", "published_read"),
    *("belongs_to", "link", "respond_by", "answer", "why", "reason", "source", "basis", "names_ok"),
    *("address", "officer_ok", "asked_force"),
}
WHOSE = {"office": "the office’s comments", "force": "the chief officer’s words"}
MACHINERY = {"words_read", "also", "also_read"}


@dataclass(frozen=True)
class LineOf:
    """A line of the document (left column). `state` is none, out, turned, hand or ""; `anchor` is the part that
    it went to."""

    index: int
    tag: str
    text: str
    short: str
    state: str
    anchor: str
    inside: bool


@dataclass
class DoubtOf:
    """Something that was read with doubt: its first line, the reason, the number of lines like it, and the button
    to settle it."""

    line: LineOf
    why: str
    count: int = 0
    to: str = ""
    press: str = ""
    now: str = ""


@dataclass
class ReadPart:
    """A recommendation (right column), with the comments below it and those below another one that answer it too."""

    row: RecommendationRow
    form: ReadRecommendationForm
    label: str
    name: str
    cause: str
    corrected: bool
    comments: list
    elsewhere: list

    @property
    def noun(self) -> str:
        return RecommendationKind(self.row.kind).label if self.row.kind in RecommendationKind.values else "Item"

    @property
    def parts(self) -> tuple[str, ...]:
        return paragraphs(self.row.parts)

    @property
    def addressees(self) -> list[str]:
        return [line.strip() for line in self.row.addressees.splitlines() if line.strip()]

    @property
    def reading(self) -> str:
        """How the deadline words are interpreted, given the form's fields."""
        return reading(Deadline(kind=self.row.deadline_kind, due_on=day_of(self.row.deadline_on)))

    def wrong(self, *names: str) -> bool:
        return any(self.form[name].errors for name in names)

    @property
    def wrong_rest(self) -> bool:
        return self.wrong("heading", "parts", "cause")

    @property
    def wrong_deadline(self) -> bool:
        return self.wrong("deadline_words", "deadline_kind", "deadline_on")

    @property
    def wrong_addressees(self) -> bool:
        return self.wrong("addressees", "directed")


class CheckPage:
    """The page's values. `as_read` is the draft as the reader made it, or None if no one can have changed it yet."""

    save_words, has_narrative = "Save response", True
    choose_url, check_url = reverse_lazy("import_response"), reverse_lazy("check_document")

    def __init__(self, form: ReadForm, read: ReadResponse, as_read: Draft | None) -> None:
        self.form, self.read = form, read
        self.draft, self.places = form.draft, form.places
        self.as_read = as_read and self._with_placements(as_read)
        self.labels = self.draft.labels()
        self.hosts = {row.key: row.host for row in self.draft.comments}

    def _with_placements(self, as_read: Draft) -> Draft:
        """`as_read` with the lines that were placed by hand: what still differs from the draft is a correction."""
        places = type(self.places)(self.read, as_read)
        for word in dict.fromkeys(code.partition(":")[0] for code in self.draft.places.values()):
            turn(places, word)
        for index, code in sorted(self.draft.places.items()):
            places.place(index, code)
        return as_read

    # -- the document

    @cached_property
    def packed_document(self) -> str:
        """The packed document, for the hidden field that carries it from page to page."""
        return self.form.document.pack()

    @property
    def placed(self) -> list[str]:
        """ "index=code" for each line that was moved by hand, for hidden fields."""
        return [f"{index}={code}" for index, code in sorted(self.draft.places.items())]

    @cached_property
    def lines(self) -> list[LineOf]:
        return [self._line(index) for index in range(len(self.places.lines))]

    def _line(self, index: int) -> LineOf:
        placed, code = self.places.lines[index], self.places.of(index)
        by_hand = index in self.draft.places
        turned = code.partition(":")[0] in TURNED
        state = code if code in (NONE, OUT) else "turned" if turned else "hand" if by_hand else ""
        tag = self._tag(index, code) if by_hand or code == NONE else placed.where
        return LineOf(
            index=index,
            tag=tag,
            text=line_text(placed),
            short=shorten(placed.line.text, 60),
            state=state,
            anchor=self._anchor(index, code),
            inside=code.startswith("part:"),
        )

    def _tag(self, index: int, code: str) -> str:
        """The label of a line that was placed by hand, in the reader's terms."""
        word, _, target = code.partition(":")
        target = f"l{index}" if word == "rec" else target
        label = self.labels.get(target, "")
        name = f"Rec {label}" if label[:1].isdecimal() else label
        words = {NONE: "Not used yet", OUT: "Left out", OWN: OWN_TEXT}
        words |= {"comment": f"Comment, {label}", "part": f"{label}, part"}
        words |= {"office": f"Comment, {label}", "force": f"Chief officer, {label}"}
        return words.get(word) or ((name or "Rec") if word in ("text", "rec") else dict(CHOICES).get(word, ""))

    def _anchor(self, index: int, code: str) -> str:
        word, _, target = code.partition(":")
        if word == "force":
            return ANCHORS["chief"]
        if word in ANCHORS:
            return ANCHORS[word]
        if word == "rec":
            target = f"l{index}"
        target = self.hosts.get(target, target)
        return f"at-{target}" if target in self.labels else ""

    @cached_property
    def unplaced(self) -> list[int]:
        return self.places.unplaced

    @cached_property
    def with_choices(self) -> set[int]:
        """The lines with a choice beside them: the first MOST_CHOICES without a place."""
        return set(self.unplaced[:MOST_CHOICES])

    @cached_property
    def choices(self) -> str:
        """The HTML options shared by all choices: the parts of the response, then each recommendation."""
        groups = [("", [*self.places.choices, (OUT, "Leave out")])]
        for word, words in self.places.of_one:
            groups.append((words, [(f"{word}:{key}", f"{words} {self._name(key)}") for key in self.labels]))
        options = [format_html('<option value="">{}</option>', "Place it: choose")]
        for label, pairs in groups:
            inner = format_html_join("", '<option value="{}">{}</option>', pairs)
            options.append(
                format_html('<optgroup label="{}">{}</optgroup>', label, inner) if label and pairs else inner
            )
        return format_html_join("", "{}", ((option,) for option in options))

    def _name(self, key: str) -> str:
        label = self.labels[key]
        return f"recommendation {label}" if label[:1].isdecimal() else label

    # -- what was read with doubt

    @cached_property
    def doubts(self) -> list[DoubtOf]:
        """What was read with doubt and is still undecided, in document order; a doubt about voices is asked once."""
        found: dict[str, DoubtOf] = {}
        for index, placed in enumerate(self.places.lines):
            if placed.doubt and not (placed.doubt == NOT_TAKEN and self.places.of(index) != OWN):
                key = placed.doubt if placed.doubt in DOUBTS else str(index)
                found.setdefault(key, DoubtOf(self.lines[index], placed.doubt)).count += 1
        first = {placed.line.number: index for index, placed in reversed([*enumerate(self.places.lines)])}
        for each in doubts_about(self.read):
            for at in [first[number] for number in each.lines if number in first][:1]:
                found.setdefault(f"{at} {each.why}", DoubtOf(self.lines[at], each.why)).count += 1
        for doubt in found.values():
            doubt.to, doubt.press = self._press(doubt)
        return list(found.values())[:MOST_CHOICES]

    def _press(self, doubt: DoubtOf) -> tuple[str, str]:
        """The step that settles a doubt with one button, and the button's text."""
        if doubt.why == NOT_TAKEN:
            return f"rec:{doubt.line.index}", "Make it a recommendation"
        if doubt.why not in DOUBTS:
            return "", ""
        now = voice_of(self.places, doubt.line.index)
        other = "force" if now == "office" else "office"
        doubt.now = WHOSE.get(now, "")
        return f"turn:{other}", f"Make them {WHOSE[other]}"

    # -- what was read

    @cached_property
    def force(self) -> str:
        """The short name of the chosen force."""
        chosen = self.form.fields["force"].queryset.filter(pk=as_pk(self.draft.facts["force"])).first()
        return chosen.short_name if chosen else "the force"

    @cached_property
    def counts(self) -> list[str]:
        comments = sum(bool(row.text.strip()) for row in self.draft.comments)
        return counts_in_words([row.kind for row in self.draft.recommendations], comments, len(self.draft.notes))

    @cached_property
    def parts(self) -> list[ReadPart]:
        """The recommendations in order; one without a comment gets an empty one to write."""
        forms = {row.key: form for row, form in self.form.comments}
        parts = []
        for row, form in self.form.recommendations:
            below = [
                (each, forms[each.key], self._others(each)) for each in self.draft.comments if each.host == row.key
            ]
            elsewhere = [each for each in self.draft.comments if row.key in each.also_keys.split()]
            if not below and not elsewhere:
                below = self.to_write(row.key)
            parts.append(
                ReadPart(
                    row=row,
                    form=form,
                    label=self.labels[row.key],
                    name=self._name(row.key),
                    cause=self.labels.get(row.cause, ""),
                    corrected=any(name.startswith(f"{row.NAME}-{row.key}-") for name in self.corrected),
                    comments=below,
                    elsewhere=[(each, self.labels.get(each.host, "")) for each in elsewhere],
                )
            )
        return parts

    def _others(self, row: CommentRow) -> str:
        return ", ".join(self.labels[key] for key in row.also_keys.split() if key in self.labels)

    def to_write(self, key: str) -> list:
        """An empty comment below a recommendation that has none."""
        row = CommentRow(f"c{key}", host=key)
        return [(row, unbound(CommentForm, row), "")]

    @cached_property
    def general_comments(self) -> list:
        """Comments that belong to no recommendation."""
        return [(row, form) for row, form in self.form.comments if row.host not in self.labels]

    # -- corrections

    @cached_property
    def corrected(self) -> dict[str, str]:
        """The names of the fields that a person changed, each with the value as read."""
        if self.as_read is None:
            return {}
        now, was = self.draft.as_post(), self.as_read.as_post()
        same = NOT_READ | MACHINERY
        names = [name for name in dict.fromkeys([*was, *now]) if name.rsplit("-", 1)[-1] not in same]
        return {
            name: was.get(name, "")
            for name in names
            if " ".join(now.get(name, "").split()) != " ".join(was.get(name, "").split())
        }

    @cached_property
    def corrections(self) -> int:
        """The number of corrections: each changed field, and each added or removed row once."""
        if not self.corrected:
            return 0
        assert self.as_read  # there are corrections
        now, was = ({name.rsplit("-", 1)[0] for name in draft.as_post()} for draft in (self.draft, self.as_read))
        rows = {name: name.rsplit("-", 1)[0] for name in self.corrected}
        return len({name if rows[name] in now & was else rows[name] for name in self.corrected})

    @cached_property
    def first_correction(self) -> str:
        """The anchor for the link to the corrections: the first changed field or row that still exists."""
        for name in self.corrected:
            row, key = [*name.split("-"), ""][:2]
            if row == name:
                return f"id_{name}"
            if row == RecommendationRow.NAME and key in self.labels:
                return f"at-{key}"
        return "notes" if self.draft.notes else "id_title"

    @property
    def kind_was(self) -> str:
        kind = self.corrected.get("kind")
        return InspectionKind(kind).label if kind else ""

    @property
    def title_was(self) -> str:
        return self.corrected.get("title", "")

    # -- what the person should know

    @cached_property
    def twice(self) -> list[tuple[str, str]]:
        """Links to the numbers that are used twice, until the form is submitted and validated."""
        if self.form.is_bound:
            return []
        keys = numbers_used_twice(self.draft)
        rows = [row for key in keys if (row := self.draft.recommendation(key))]
        return [(f"id_recommendation-{row.key}-number", row.number) for row in rows]

    @cached_property
    def answered(self) -> Response | None:
        """A response to the same inspection that is already recorded, or None."""
        chosen = as_pk(self.draft.facts["inspection"])
        # without visible_to: only the office brings in responses
        found = Response.objects.filter(answers__inspection=chosen, versions__isnull=False)
        return found.order_by("pk").first() if chosen else None

    @cached_property
    def published_in_document(self) -> str:
        """Whether the document itself gives the report's publication date, in words."""
        found, typed = self.read.published_on, day_of(self.draft.facts["published_on"])
        if found is None:
            return "you entered this"
        return "as in the document" if found == typed else f"the document says {say(found)}"
