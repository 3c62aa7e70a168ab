"""Two people change one record: what only one of them changed is kept, what both changed is shown. Nothing is lost."""

import datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict

from recommendations.domain.writing.refusals import Stale
from recommendations.forms.panels.meetings import ClockField
from recommendations.forms.site.fields import DayField, RecordField, RecordsField, use_today
from recommendations.forms.site.merging import BOTH_KEPT
from recommendations.forms.site.record import LinesField, RecordForm, yes_or_no
from recommendations.models import Force

TODAY = datetime.date(2026, 11, 7)
KINDS = [("custody", "Custody"), ("peel", "PEEL")]


class EveryKind(RecordForm):
    """A form with a field of each kind that record forms have."""

    words = forms.CharField()
    text = forms.CharField(required=False, widget=forms.Textarea)
    lines = LinesField(required=False)
    number = forms.IntegerField(required=False)
    day = DayField(required=False)
    clock = ClockField(required=False)
    kind = forms.ChoiceField(choices=KINDS)
    tick = forms.BooleanField(required=False)
    answer = yes_or_no("Answer", "Yes", "No")
    kinds = forms.MultipleChoiceField(choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple)
    force = RecordField(Force.objects.all(), required=False, empty_label="None")
    forces = RecordsField(Force.objects.all(), required=False, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(required=False)

    def values_of(self, record):
        return {name: value for name, value in vars(record).items() if name != "version"}


def record(westmarch, eastvale, **changes):
    values = {
        "words": "As read",
        "text": "One line.\nAnother.",
        "lines": ["One", "Two"],
        "number": 56,
        "day": TODAY,
        "clock": datetime.time(14, 30),
        "kind": "custody",
        "tick": True,
        "answer": "yes",
        "kinds": ["peel"],
        "force": westmarch,
        "forces": [westmarch, eastvale],
    }
    return SimpleNamespace(version=1, **values | changes)


def theirs_of(westmarch, eastvale, **changes):
    """The record as someone else saved it: every field is another."""
    values = {
        "words": "Theirs",
        "text": "Theirs.\nToo.",
        "lines": ["Three"],
        "number": 28,
        "day": datetime.date(2026, 12, 1),
        "clock": datetime.time(9, 0),
        "kind": "peel",
        "tick": False,
        "answer": "no",
        "kinds": ["custody"],
        "force": eastvale,
        "forces": [],
    }
    return SimpleNamespace(version=2, **values | changes)


THEIRS = {
    "words": "Theirs",
    "text": "Theirs.\nToo.",
    "lines": "Three",
    "number": "28",
    "day": "1 Dec 2026",
    "clock": "09:00",
    "kind": "PEEL",
    "tick": "No",
    "answer": "No",
    "kinds": "Custody",
    "force": "Eastvale Police",
    "forces": "",
}
MINE = {
    "words": (["Mine"], "Mine"),
    "text": (["Mine.\r\n"], "Mine."),
    "lines": (["• Four\r\n\r\nFive"], "Four\nFive"),
    "number": (["12"], "12"),
    "day": (["2/12/2026"], "2 Dec 2026"),
    "clock": (["10"], "10:00"),
    "force": ([""], "None"),
}


@pytest.fixture(autouse=True)
def _day():
    with use_today(TODAY):
        yield


def sent_untouched(form) -> QueryDict:
    """What a browser sends of a form in which nothing was changed: line ends are CR LF, an empty box is not sent."""
    data = QueryDict(mutable=True)
    for box in form:
        value = box.value()
        if isinstance(box.field.widget, forms.CheckboxInput):
            data.setlist(box.name, ["on"] if value else [])
            continue
        shown = box.field.widget.format_value(value)
        texts = shown if isinstance(shown, list) else [shown or ""]
        data.setlist(box.name, [str(each).replace("\n", "\r\n") for each in texts])
    return data


def refused(read, theirs, changes=None, **without) -> EveryKind:
    """The form with some fields changed, refused because someone else saved `theirs` meanwhile."""
    data = sent_untouched(EveryKind(record=read))
    for name, texts in (changes or {}).items():
        data.setlist(name, texts)
    for name, text in without.items():
        data[name] = text
    form = EveryKind(data, record=theirs)
    assert form.is_valid(), form.errors
    form.refuse(Stale(theirs))
    return form


def test_each_field_that_was_left_alone_takes_what_the_other_saved(db, westmarch, eastvale):
    form = refused(record(westmarch, eastvale), theirs_of(westmarch, eastvale))
    assert form.conflicts() == []
    assert dict(form.their_changes()) == {name.capitalize(): text for name, text in THEIRS.items()}
    assert list(form.non_field_errors()) == [BOTH_KEPT]
    again = EveryKind(form.data, record=theirs_of(westmarch, eastvale))
    assert again.is_valid()
    assert {name: again.cleaned_data[name] for name in ("words", "lines", "day", "kind", "tick", "answer")} == {
        "words": "Theirs",
        "lines": ("Three",),
        "day": datetime.date(2026, 12, 1),
        "kind": "peel",
        "tick": False,
        "answer": False,
    }
    assert (again.cleaned_data["kinds"], again.cleaned_data["force"]) == (["custody"], eastvale)
    assert (list(again.cleaned_data["forces"]), again.read_version) == ([], 2)


@pytest.mark.parametrize("name", MINE)
def test_a_field_that_both_changed_is_a_conflict_and_the_input_stays(db, westmarch, eastvale, name):
    typed, words = MINE[name]
    form = refused(record(westmarch, eastvale), theirs_of(westmarch, eastvale), {name: typed})
    assert form.conflicts() == [(name.capitalize(), THEIRS[name], words)]
    assert name.capitalize() not in dict(form.their_changes())
    assert form.data.getlist(name) == typed
    assert BOTH_KEPT not in form.non_field_errors()


@pytest.mark.parametrize("name", MINE)
def test_a_field_that_only_one_of_us_changed_is_no_conflict(db, westmarch, eastvale, name):
    form = refused(record(westmarch, eastvale), record(westmarch, eastvale), {name: MINE[name][0]})
    assert (form.conflicts(), form.their_changes(), form.data.getlist(name)) == ([], [], MINE[name][0])


def test_several_records_and_ticks_that_both_changed_are_compared_in_words(db, westmarch, eastvale):
    read = record(westmarch, eastvale, forces=[westmarch, eastvale], kinds=["peel"], tick=False)
    theirs = record(westmarch, eastvale, forces=[eastvale], kinds=[], tick=False)
    form = refused(read, theirs, {"forces": [str(westmarch.pk)], "kinds": ["custody", "peel"], "tick": ["on"]})
    assert form.conflicts() == [("Kinds", "", "Custody, PEEL"), ("Forces", "Eastvale Police", "Westmarch Police")]
    assert (form.data.getlist("tick"), form.their_changes()) == (["on"], [])


def test_the_same_change_on_both_sides_is_no_conflict(db, westmarch, eastvale):
    read, theirs = record(westmarch, eastvale), record(westmarch, eastvale, day=datetime.date(2026, 12, 1))
    form = refused(read, theirs, {"day": ["1.12.26"]})
    assert (form.conflicts(), form.their_changes()) == ([], [])


def test_a_second_change_meanwhile_is_told_from_the_first(db, westmarch, eastvale):
    first = record(westmarch, eastvale, words="Theirs")
    form = refused(record(westmarch, eastvale), first, {"number": ["12"]})
    second = record(westmarch, eastvale, words="Theirs", number=28, kind="peel")
    again = EveryKind(form.data, record=second)
    assert again.is_valid()
    again.refuse(Stale(second))
    assert (again.conflicts(), again.their_changes()) == ([("Number", "28", "12")], [("Kind", "PEEL")])


@pytest.mark.parametrize("marks", ["", " ", ":", "nothing", "words", '{"words": ["' + "[" * 20_000])
def test_a_form_that_lost_its_marks_shows_whatever_differs(db, westmarch, eastvale, marks):
    theirs = record(westmarch, eastvale, words="Theirs")
    form = refused(record(westmarch, eastvale), theirs, as_read="")
    assert (form.conflicts(), form.their_changes()) == ([("Words", "Theirs", "As read")], [])
    wrong = refused(record(westmarch, eastvale), theirs, as_read=marks)  # saves nothing either way
    assert [*wrong.conflicts(), *wrong.their_changes()][0][:2] == ("Words", "Theirs")
