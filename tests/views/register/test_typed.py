"""What is typed in a form of a record and not saved is there again, for the person who typed it and for nobody else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people import records
from recommendations.models import ForceUpdate, TrailEntry, TypedDraft
from tests.conftest import make_inspection, make_tracked
from tests.makers.commitments import make_commitment, make_version
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, number_of, parsed, wrong

WORDS = "Bells are tested at every handover."


@per_module
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


@pytest.fixture
def office(sign_in, officer):
    return sign_in(officer)


def place(key: str, record) -> str:
    return reverse("save_typed", args=[key, record.pk])


def page(client, record, form: str = "force-update"):
    return client.get(f"{record.get_absolute_url()}?form={form}")


def box(answer, name: str) -> str:
    return parsed(answer).css_first(f"main [name={name}]").text().strip()


def notice(answer) -> list[str]:
    """The notices that are shown."""
    found = parsed(answer).css("[data-typed-notice]:not([hidden]) [role=status]")
    return [" ".join(each.text().split()) for each in found]


def typed_at(answer) -> str:
    # wording: the promise is that the form says since when
    return f"Not saved yet: your words from {answer.json()['since']} are kept."


def test_words_are_there_again_after_another_tab_and_another_row(office, record, westmarch):
    kept = office.post(place("force-update", record), {"done": WORDS})
    assert (box(page(office, record, "assurance"), "rationale"), notice(page(office, record, "assurance"))) == ("", [])
    other = make_tracked(record.recommendation.inspection, number="2")
    assert box(page(office, other), "done") == ""
    assert (box(page(office, record), "done"), notice(page(office, record))) == (WORDS, [typed_at(kept)])


def test_the_panel_of_the_register_and_the_record_share_them(office, record):
    office.post(place("assurance", record), {"view": "partially_assured", "rationale": WORDS})
    panel = office.get(f"{reverse('register')}?add={record.pk}&voice=assurance")
    assert (box(panel, "rationale"), len(notice(panel))) == (WORDS, 1)
    assert place("assurance", record) == parsed(panel).css_first("#add form").attributes["data-typed"]


@pytest.mark.suite(0, 3, 5)
@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("force-update", "done"),
        ("assurance", "rationale"),
        ("status", "source"),
        ("target", "reason"),
        ("closure", "reason"),
        ("edit", "opcc_lead"),
        ("restrict", "reason"),
    ],
)
def test_each_form_of_a_record_keeps_its_own(office, record, key, field):
    shown = page(office, record, key)
    assert field in [each.attributes["name"] for each in parsed(shown).css("form[data-typed] [name]")]
    assert office.post(place(key, record), {field: WORDS}).json()["since"]
    again = parsed(page(office, record, key)).css_first(f"form[data-typed] [name={field}]")
    assert WORDS in (again.text().strip(), again.attributes.get("value"))


def test_nobody_else_reads_them(office, sign_in, approver, force_lead, record):
    office.post(place("force-update", record), {"done": WORDS})
    for person in (approver, force_lead):
        answer = page(sign_in(person), record)
        assert (WORDS in answer.text, notice(answer)) == (False, [])


def test_they_are_in_no_trail_and_gone_once_saved(office, record):
    entries = TrailEntry.objects.count()
    office.post(place("force-update", record), {"done": WORDS, "effective_on": "31/2/2026"})
    assert (TrailEntry.objects.count(), TypedDraft.objects.count()) == (entries, 1)
    refused = office.post(reverse("log_force_update", args=[record.pk]), {"done": WORDS, "effective_on": "31/2/2026"})
    assert (wrong(refused), TypedDraft.objects.count()) == (["effective_on"], 1)
    day = timezone.localdate() - datetime.timedelta(days=1)
    sent = {"done": WORDS, "effective_on": f"{day.day}/{day.month}/{day.year}", "once": "a"}
    office.post(reverse("log_force_update", args=[record.pk]), sent)
    assert (ForceUpdate.objects.get().done, TypedDraft.objects.count()) == (WORDS, 0)


def test_they_are_discarded_by_the_button_alone(office, record):
    office.post(place("closure", record), {"reason": WORDS})
    back = f"{record.get_absolute_url()}?form=closure"
    gone = office.post(place("closure", record), {"discard": "1", "back": back})
    assert (gone.url, TypedDraft.objects.count()) == (back, 0)
    elsewhere = office.post(place("closure", record), {"discard": "1", "back": "https://elsewhere.example/"})
    assert elsewhere.url == reverse("home")


def test_a_form_as_it_starts_keeps_nothing(office, record):
    office.post(place("force-update", record), {"done": WORDS})
    starts = fields_among(
        parsed(page(office, make_tracked(record.recommendation.inspection, number="3"))).css("#form [name]")
    )
    assert office.post(place("force-update", record), starts).json() == {"since": ""}
    assert TypedDraft.objects.count() == 0


def test_what_is_too_long_is_refused_and_the_last_words_stay(office, record):
    office.post(place("force-update", record), {"done": WORDS})
    assert office.post(place("force-update", record), {"done": "x" * 200_001}).status_code == 413
    assert TypedDraft.objects.get().fields == {"done": WORDS}


def test_they_go_when_the_person_leaves(office, record, officer, approver, sign_in):
    office.post(place("force-update", record), {"done": WORDS})
    sign_in(approver).post(place("force-update", record), {"done": "Mine."})
    officer.is_active = False
    records.keep(record=officer, by=None, at=timezone.now())
    assert list(TypedDraft.objects.values_list("by", flat=True)) == [approver.pk]


def test_a_commitment_keeps_them_too(office, body, westmarch):
    made = make_commitment(make_version(body, westmarch))
    office.post(place("commitment-check", made), {"said": WORDS})
    shown = office.get(made.get_absolute_url())
    assert (box(shown, "said"), len(notice(shown))) == (WORDS, 1)
    sent = {"outcome": "kept", "said": WORDS, "effective_on": "", "once": "b"}
    done = office.post(reverse("check_commitment", args=[made.pk]), sent, follow=True)
    assert (flashes(done), TypedDraft.objects.count()) == (["success"], 0)
    office.post(place("commitment-edit", made), {"keeper": "Another keeper"})
    edit = office.get(f"{made.get_absolute_url()}?form=edit")
    assert number_of(edit, "[name=keeper][value='Another keeper']") == 1


def test_words_that_are_kept_are_saved_beside_what_somebody_else_saved_since(office, record):
    form = office.get(f"{record.get_absolute_url()}?form=edit")
    begun = fields_among(parsed(form).css("#form [name]"))
    office.post(place("edit", record), begun | {"business_lead": "Mine"})
    edit = reverse("edit_tracked", args=[record.pk])
    assert office.post(edit, begun | {"opcc_lead": "Theirs", "business_lead": "Also theirs"}).status_code == 302
    office.post(place("edit", record), begun | {"business_lead": "Mine"})  # typed on in a page from before
    refused = office.post(edit, fields_among(parsed(page(office, record, "edit")).css("#form [name]")))
    form = refused.context["form"]
    assert (form.conflicts(), form.their_changes()) == (
        [("Business lead", "Also theirs", "Mine")],
        [("OPCC lead", "Theirs")],
    )


def test_no_nul_character_is_kept(office, record):
    """PostgreSQL stores none: nothing of the form would be kept."""
    assert office.post(place("force-update", record), {"done": f"{WORDS}\x00"}).status_code == 200
    assert TypedDraft.objects.get().fields["done"] == WORDS
