"""What other subjects show on a record's page: each registers it in the module `panel` of its views."""

from recommendations.views.register.panels import RECORD_PANELS, REGISTER_PANELS
from tests.conftest import make_tracked

TEXT, DATES = ["similar/on_record.html"], ["risk/strip.html", "action_plans/on_record.html"]
FORM = ["commitments/of_recommendation.html", "evidence/on_record.html", "attachments/on_record.html"]


def test_each_subject_has_its_place_and_goes_with_its_section(inspection, officer, sign_in, settings):
    record, client = make_tracked(inspection), sign_in(officer)
    shown = {"text": TEXT, "dates": DATES, "form": FORM, "list": []}
    assert client.get(record.get_absolute_url()).context["panels"] == shown
    settings.SECTIONS_OFF = ("risk",)
    page = client.get(record.get_absolute_url())
    assert (page.context["panels"], "strip" in page.context) == (shown | {"dates": DATES[1:]}, False)


def test_no_two_panels_share_a_place_or_a_name():
    for registry in (RECORD_PANELS, REGISTER_PANELS):
        names = [each.name for each in registry]
        places = [(spot, place) for place, each, _ in registry._added for spot in each.templates]
        assert (len(names), len(places)) == (len(set(names)), len(set(places)))
