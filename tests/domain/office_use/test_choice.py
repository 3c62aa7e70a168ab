"""What the office uses: the choice, who may overwrite it, and what follows without a restart."""

import pytest
from django.urls import reverse
from django.utils import timezone

from oversight.operations.first_administrators import name_office
from recommendations import sections
from recommendations.domain.home.other_roles import administrator_page
from recommendations.domain.office_use.choice import choose_sections, current_choice, start_with_hmicfrs
from recommendations.domain.office_use.records import recommendations_of_sources, records_of_sections
from recommendations.domain.office_use.text import SECTION_GROUPS, SECTION_WORDS, SOURCE_SENTENCES
from recommendations.domain.sources.queries import sources_in_papers, sources_in_use
from recommendations.domain.sources.sources import set_source
from recommendations.enums.sources import HMICFRS
from recommendations.models import OfficeUse, TrailEntry
from recommendations.models.settings import sections_off_by_choice
from recommendations.models.sources.shipped import SOURCES
from recommendations.sections import STARTS_OFF, Section, switched_off_sections
from tests.conftest import AT, TODAY, make_tracked
from tests.makers.sources import follow, from_iopc
from tests.refusals import refusal, refusal_of

pytestmark = pytest.mark.django_db


def choose(by, *, off=(), followed=(), token=None):
    """The choice of everything but `off`, by one who has just read the page."""
    token = current_choice(TODAY).token if token is None else token
    on = [each for each in Section if each not in off]
    return choose_sections(sections=on, source_keys=followed, token=token, by=by, at=AT)


def test_everything_is_on_until_the_office_chooses(administrator):
    assert (switched_off_sections(), OfficeUse.objects.count()) == ((), 0)
    assert current_choice(TODAY).sections_on == frozenset(Section) - STARTS_OFF


def test_what_came_later_is_off_until_it_is_chosen(administrator):
    assert sections_off_by_choice() == STARTS_OFF
    chosen = choose(administrator, off=[Section.API])
    assert (chosen.sections_off, chosen.sections_on) == ("api", "actions,accountability")
    choose(administrator, off=[Section.ACTIONS])
    assert sections_off_by_choice() == {"actions"}
    assert OfficeUse(sections_off="api").off == {"api", *STARTS_OFF}, "a choice of before"


def test_what_is_not_chosen_is_off_at_once(administrator):
    choose(administrator, off=[Section.CUSTODY, Section.ROUNDS])
    assert switched_off_sections() == (Section.CUSTODY, Section.ROUNDS)
    assert (Section.CUSTODY.is_on, Section.PANELS.is_on) == (False, True)
    choose(administrator, off=[Section.ROUNDS])
    assert switched_off_sections() == (Section.ROUNDS,)


def test_each_choice_is_an_entry_of_who_chose(administrator):
    choice = choose(administrator, off=[Section.API], followed=["iopc"])
    entry = TrailEntry.objects.latest("sequence")
    assert (entry.verb, entry.by, entry.subject_id) == ("choose_sections", administrator, choice.pk)
    assert (choice.number, choice.sections_off, choice.chosen_by) == (1, "api", administrator)
    assert [row.number for row in (choose(administrator), *OfficeUse.objects.all())] == [2, 1, 2]


def test_sources_are_followed_as_chosen_and_hmicfrs_always(administrator):
    follow("audit")
    choose(administrator, followed=["iopc", "coroner"])
    assert [each.key for each in sources_in_use(TODAY)] == [HMICFRS, "iopc", "coroner"]
    choose(administrator, followed=[])
    assert [each.key for each in sources_in_use(TODAY)] == [HMICFRS]


def test_a_source_that_the_office_renamed_keeps_its_names(administrator):
    set_source(key="audit", name="Weir and Moor", in_use=False, by=administrator, at=AT)
    choose(administrator, followed=["audit"])
    assert [each.name for each in sources_in_use(TODAY)] == ["HMICFRS inspection", "Weir and Moor"]


@pytest.mark.on_postgresql
def test_a_choice_of_others_is_not_overwritten_unseen(administrator):
    before = current_choice(TODAY).token
    choose(administrator, off=[Section.CUSTODY])
    with refusal("stale"):
        choose(administrator, off=[Section.PANELS], token=before)
    assert switched_off_sections() == (Section.CUSTODY,)


def test_a_source_switched_on_meanwhile_is_not_switched_off_unseen(administrator):
    before = current_choice(TODAY).token
    follow("iopc")
    assert refusal_of(choose, administrator, off=[Section.PANELS], token=before) == ("stale", None)
    assert "iopc" in current_choice(TODAY).followed_keys


def test_saving_the_same_again_is_refused_and_records_nothing(administrator):
    choose(administrator, off=[Section.API])
    assert refusal_of(choose, administrator, off=[Section.API]) == ("nothing-changed", None)
    assert OfficeUse.objects.count() == 1


def test_what_a_new_office_begins_with_can_be_chosen_as_it_is(administrator):
    start_with_hmicfrs(at=AT)
    choose(administrator, off=tuple(Section))
    assert [each.chosen_by for each in OfficeUse.objects.order_by("number")] == [None, administrator]


def test_the_setting_rules_whatever_is_chosen(administrator, settings):
    settings.SECTIONS_OFF = ("panels",)
    choose(administrator, off=[Section.API])
    assert switched_off_sections() == (Section.PANELS, Section.API)
    settings.SECTIONS_OFF = ()
    assert switched_off_sections() == (Section.API,)


def test_it_is_read_once_in_a_request_and_anew_in_the_next(administrator, django_assert_num_queries):
    with django_assert_num_queries(1), sections.reading_once():
        assert [Section.PANELS.is_on, Section.API.is_on, switched_off_sections()] == [True, True, ()]
    choose(administrator, off=[Section.API])
    with django_assert_num_queries(1), sections.reading_once():
        assert [Section.PANELS.is_on, Section.API.is_on] == [True, False]


def test_a_new_office_begins_with_hmicfrs_the_register_responses_and_papers():
    name_office("Marches OPCC", body="Marches PCC", kind="commissioner", at=timezone.now())
    assert switched_off_sections() == tuple(Section)
    assert [each.key for each in sources_in_use(TODAY)] == [HMICFRS]
    name_office("Marches OPCC", body="Marches PCC", kind="commissioner", at=timezone.now())
    assert OfficeUse.objects.count() == 1


def test_an_office_that_is_set_up_keeps_everything_on(body):
    name_office("Marches OPCC", body="Marches PCC", kind="commissioner", at=timezone.now())
    assert switched_off_sections() == ()


def test_a_paper_can_be_limited_to_a_source_with_open_recommendations(westmarch, administrator):
    follow("iopc")
    make_tracked(from_iopc(westmarch))
    choose(administrator)
    assert [each.key for each in sources_in_use(TODAY)] == [HMICFRS]
    assert [each.key for each in sources_in_papers(TODAY)] == [HMICFRS, "iopc"]
    assert recommendations_of_sources() == {"iopc": 1}


def test_every_section_and_source_has_its_words_and_number():
    assert set(SECTION_WORDS) == set(records_of_sections(TODAY)) == set(Section)
    assert sorted(each for group in SECTION_GROUPS.values() for each in group) == sorted(Section)
    assert set(SOURCE_SENTENCES) == set(SOURCES) - {HMICFRS}


@pytest.mark.parametrize(
    ("number", "said", "kept"),
    [(1, "1 visit", "The visit is kept"), (2, "2 visits", "Both visits are kept"), (14, "14 visits", "All 14 visits")],
)
def test_what_is_kept_is_said(number, said, kept):
    words = SECTION_WORDS[Section.CUSTODY]
    assert words.number_words(number) == said
    assert f". {kept}" in words.hidden_words(number)


def test_where_there_is_nothing_no_number_is_said():
    words = SECTION_WORDS[Section.CUSTODY]
    assert (words.number_words(0), "kept" in words.hidden_words(0)) == ("", False)


def test_an_administrator_is_asked_until_somebody_has_chosen(administrator):
    def asked() -> list[str]:
        items = [item for each in administrator_page(administrator, TODAY, AT).lists for item in each.items]
        return [item.url for item in items if item.url == reverse("what_you_use")]

    assert asked() == []
    start_with_hmicfrs(at=AT)
    assert asked() == [reverse("what_you_use")]
    choose(administrator, off=[Section.API])
    assert asked() == []
