"""The forms about a tracked recommendation: what they require, what they start with, what they hand to the verb."""

import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.register import voices
from recommendations.domain.register.entries import UPDATE, entries_for, latest
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.forms.register import tracked as forms
from recommendations.models import Label, TrackedRecommendation
from recommendations.trail import verb

LATER = datetime.date(2026, 12, 19)


@pytest.fixture
def make(tracked, officer, today, at):
    def act(form_class, data=None, by=officer, **more):
        record = TrackedRecommendation.objects.get(pk=tracked.pk)
        return form_class(data, tracked=record, by=by, on=today, words=Label.objects.words(), **more)

    return act


@pytest.mark.parametrize(
    ("form_class", "errors"),
    [
        (forms.ForceUpdateForm, {"done": ["Say what was done."]}),
        (
            forms.AssuranceForm,
            {"view": ["Choose how far the office is assured."], "rationale": ["Say why."]},
        ),
        (forms.InspectorateStatusForm, {"status": ["Choose the status."]}),
        (forms.TargetForm, {"target_on": ["Enter the day of the target."]}),
        (forms.ClosureRequestForm, {"outcome": ["Choose the outcome."], "reason": ["Say why it can be closed."]}),
        (forms.ClosureApprovalForm, {}),
        (forms.ClosureDeclineForm, {"reason": ["Say why the closure is not approved."]}),
        (forms.ReopenForm, {"reason": ["Say why it is reopened."]}),
        (forms.WithdrawEntryForm, {"reason": ["Say why this entry is withdrawn."]}),
        (forms.TrackedForm, {"reference": ["Enter a reference."]}),
    ],
)
def test_what_each_form_requires(make, form_class, errors):
    assert make(form_class, {}).errors == errors


def test_only_what_was_done_goes_to_the_verb_where_nothing_else_is_said(make):
    form = make(forms.ForceUpdateForm, {"done": "Bells tested."})
    assert form.is_valid()
    texts = dict.fromkeys(UPDATE_TEXT_KEYS, "")
    given = {"done": "Bells tested.", "effective_on": None, "said_by": "", "labels": form.words, "also": []}
    assert form.verb_fields() == given | texts


def test_an_update_starts_from_the_last_one(make, tracked, force_lead, at, today):
    voices.log_force_update(
        tracked=tracked,
        done="x",
        said_by="DCC Nair",
        position="accepted",
        stage="pending_sign_off",
        forecast_on=LATER,
        by=force_lead,
        at=at,
    )
    form = make(forms.ForceUpdateForm)
    assert {name: form[name].value() for name in form.fields if name not in ("once", "version")} == {
        "done": None,
        "effective_on": "7 Nov 2026",
        "said_by": "",
        "forecast_on": "19 Dec 2026",
        "stage": "pending_sign_off",
        "position": "accepted",
        **dict.fromkeys(UPDATE_TEXT_KEYS),
    }


def test_nobody_elses_name_is_filled_in_and_those_that_are_likely_are_offered(make, tracked, force_lead, at):
    def offered(last=None):
        form = make(forms.ForceUpdateForm)
        form.last = last
        page = LexborHTMLParser(form["said_by"].as_field_group())
        box = page.css_first("input")
        return form["said_by"].value(), [each.attributes["value"] for each in page.css(f"#{box.attributes['list']} *")]

    def add(**said):
        voices.log_force_update(tracked=tracked, done="x", at=at, **said)
        return latest(entries_for(tracked), UPDATE)

    tracked.chief_officer_lead, tracked.business_lead = "DCC Nair", "Sgt Hale"
    with verb("edit", by=None, at=at) as act:
        act.save(tracked)
    assert offered() == ("", ["DCC Nair", "Sgt Hale"])
    assert offered(add(said_by="Insp Vale", by=None)) == ("", ["Insp Vale", "DCC Nair", "Sgt Hale"])
    assert offered(add(said_by="Sgt Hale", by=None)) == ("", ["Sgt Hale", "DCC Nair"])
    assert offered(add(by=force_lead)) == ("", ["Callum Tranter", "DCC Nair", "Sgt Hale"])
    assert offered(add(by=None)) == ("", ["DCC Nair", "Sgt Hale"])
    target = make(forms.TargetForm)
    assert (target["set_by"].value(), target.offered) == ("", {"set_by": ["DCC Nair"]})
    own = [make(form, by=force_lead) for form in (forms.ForceUpdateForm, forms.TargetForm)]
    assert [own[0]["said_by"].value(), own[1]["set_by"].value()] == ["Callum Tranter"] * 2


def test_where_no_name_is_likely_no_list_is_offered(make):
    assert "list" not in make(forms.ForceUpdateForm)["said_by"].as_field_group()
    assert "<datalist" not in str(make(forms.TargetForm))


def test_what_was_left_as_it_was_shown_carries_on(make):
    """A change that somebody else made meanwhile is not undone by a field that nobody touched."""
    shown = {"initial-stage": "in_progress", "initial-forecast_on": "1 Dec 2026", "initial-position": "accepted"}
    same = {"stage": "in_progress", "forecast_on": "1 December 2026", "position": "accepted"}
    form = make(forms.ForceUpdateForm, {"done": "x"} | shown | same)
    assert form.is_valid()
    assert not {"stage", "forecast_on", "position"} & set(form.verb_fields())
    form = make(forms.ForceUpdateForm, {"done": "x"} | shown | {"stage": "in_progress", "position": ""})
    assert form.is_valid()
    assert {name: form.verb_fields().get(name, "left") for name in forms.ForceUpdateForm.CARRIED} == {
        "stage": "left",
        "forecast_on": None,
        "position": "",
    }


def test_the_first_target_needs_no_reason_and_a_move_does(make, tracked, officer, at):
    assert make(forms.TargetForm, {"target_on": "19/12/26"}).is_valid()
    voices.set_target(tracked=tracked, target_on=LATER, by=officer, at=at)
    assert make(forms.TargetForm, {"target_on": "20/12/26"}).errors == {"reason": ["Say why the target moves."]}


def test_a_guarded_form_hands_on_the_version_that_was_read(make):
    shown = make(forms.ReopenForm)["version"].value()
    form = make(forms.ReopenForm, {"reason": "x", "version": shown})
    assert form.is_valid()
    assert form.verb_fields() == {"reason": "x", "reopened_on": None, "version": shown}
    lost = make(forms.ReopenForm, {"reason": "x"})
    assert lost.is_valid()
    assert lost.verb_fields()["version"] == 0


def test_a_text_that_is_too_long_says_so(make):
    form = make(forms.ForceUpdateForm, {"done": "x" * 20_001})
    assert form.errors == {"done": ["It has 20,001 characters. Shorten it to 20,000 or fewer."]}


def test_the_offices_own_words_are_offered(make, at):
    from recommendations.domain.people import records

    own = Label(vocabulary="inspectorate_status", key="level_2", words="Closed at level 2")
    records.keep(record=own, by=None, at=at)
    form = make(forms.InspectorateStatusForm, {"status": "level_2"})
    assert form.is_valid()
    assert form.fields["status"].choices[-1] == ("level_2", "Closed at level 2")


def test_what_is_folded_opens_for_an_error_or_for_words_that_are_not_saved_yet(make):
    for form_class, typed, wrong in (
        (forms.ForceUpdateForm, {"said_by": "DI Nash"}, {"done": "x", "forecast_on": "soon"}),
        (forms.AssuranceForm, {"looked_at": "The log."}, {"revisit_on": "soon"}),
    ):
        forms_shown = [make(form_class), make(form_class, initial=typed), make(form_class, wrong)]
        assert [form.folded_is_open for form in forms_shown] == [False, True, True]
