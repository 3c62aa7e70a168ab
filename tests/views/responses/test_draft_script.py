"""What the script of a draft's page is told: what became of a part, what others saved, what it must not do."""

from django.utils import timezone

from recommendations.enums import ResponseState
from recommendations.models import TrailEntry
from tests.conftest import make_person
from tests.makers.responses import SAID, make_submitted, part, write
from tests.views.responses.conftest import address, now, words


def of_part(fields: dict, key: str) -> dict:
    """What the script sends: the fields of one part."""
    return {name: value for name, value in fields.items() if name.startswith(f"{key}-")}


def test_a_part_is_saved_by_itself_and_its_new_marks_come_back(page, officer, response, keys):
    client, _, fields = page(officer, response)
    typed = of_part(fields, keys[0]) | {f"{keys[0]}-text": SAID["text"], f"{keys[0]}-action": "proposed"}
    told = client.post(address(response, "save_draft_part"), typed).json()
    assert set(told["parts"]) == {keys[0]}
    answer = told["parts"][keys[0]]
    assert (answer["kept"], answer["version"], answer["problems"], answer["theirs"]) == ("saved", "1", [], None)
    assert words(told["pieces"][f"{keys[0]}-state"], "span") == ["Complete"]
    assert words(told["pieces"][f"{keys[0]}-sentences"], ".app-suggest") == [SAID["text"]]
    assert "Recommendation 1" not in told["pieces"]["draft-missing"]
    again = typed | {f"{keys[0]}-{name}": answer[name] for name in ("version", "shown", "ids")}
    told = client.post(address(response, "save_draft_part"), again | {f"{keys[0]}-text": "Other words."}).json()
    assert told["parts"][keys[0]]["version"] == "2"
    assert part(response, keys[0]).text == "Other words."


def test_another_persons_words_come_back_beside_ones_own(page, officer, response):
    client, _, fields = page(officer, response)
    write(response, "narrative", text="Joe's text.", by=make_person("Joe Brandreth", "opcc_officer"))
    typed = of_part(fields, "narrative") | {"narrative-text": "Hannah's."}
    told = client.post(address(response, "save_draft_part"), typed).json()["parts"]["narrative"]
    assert (told["kept"], told["theirs"]["who"], told["theirs"]["text"]) == ("theirs", "Joe Brandreth", "Joe's text.")
    assert part(response, "narrative").text == "Joe's text."
    marks = {f"narrative-{name}": told[name] for name in ("version", "shown")}
    told = client.post(address(response, "save_draft_part"), typed | marks).json()["parts"]["narrative"]
    assert (told["kept"], part(response, "narrative").text) == ("saved", "Hannah's.")


def test_a_stray_key_does_not_take_a_submitted_text_back(page, officer, report, body):
    response = make_submitted(report, body, by=officer)
    client, html, fields = page(officer, response)
    assert words(html, "form[data-draft]") == []
    typed = of_part(fields, "narrative") | {"narrative-text": "x"}
    answer = client.post(address(response, "save_draft_part"), typed)
    assert answer.status_code == 409
    assert answer.json()["refused"] != ""
    assert now(response).state == ResponseState.SUBMITTED


def test_what_others_saved_since_is_told(page, officer, response, keys):
    client, _, _ = page(officer, response)
    before = timezone.now()
    write(response, keys[1], text="Joe's comment.", by=make_person("Joe Brandreth", "opcc_officer"), at=timezone.now())
    write(response, keys[2], text="Mine.", by=officer, at=timezone.now())
    told = client.get(address(response, "draft_news"), {"since": before.isoformat()}).json()
    assert {name for name in told["pieces"] if name.startswith("recommendation")} == {keys[1]}
    assert words(told["pieces"][keys[1]], "textarea")[-1] == "Joe's comment."
    for since in ("", "yesterday", "2026-13-45T99:99", "2026-01-01T00:00:00"):
        told = client.get(address(response, "draft_news"), {"since": since}).json()
        assert {name for name in told["pieces"] if name.startswith("recommendation")} == set()


def test_saving_a_draft_is_no_entry_of_the_trail(page, officer, response):
    client, _, fields = page(officer, response)
    before = TrailEntry.objects.count()
    client.post(address(response, "save_draft_part"), of_part(fields, "narrative") | {"narrative-text": "Words."})
    assert TrailEntry.objects.count() == before
