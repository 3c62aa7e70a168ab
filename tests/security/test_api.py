"""The API under hostile requests: whatever its description allows, and what it does not, as everybody."""

import json
import string

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from recommendations.views.api.endpoint import STATUSES, openapi_document
from tests.environment import SOAK
from tests.examples import LETTERS, examples
from tests.security.line import MISSING
from tests.security.marks import KINDS, NOTHING, SHOWN, crawl
from tests.security.matrix import lines
from tests.security.rules import RULES
from tests.snapshots import undone

WHO = ("lead_a", "lead_b", "member", "officer", "approver", "administrator", "anonymous", "deactivated", "no_factor")
OPERATIONS = [
    (method, path, said) for path, verbs in openapi_document()["paths"].items() for method, said in verbs.items()
]
ODD = [
    "",
    " ",
    "-",
    "%",
    "\x00",
    "'",
    "’",
    "ﬀ",
    "\ud7ff",
    "0",
    "-1",
    "1e9",
    "9" * 30,
    "2026-02-30",
    "2026-11-07",
    "null",
]
words = st.one_of(st.sampled_from(ODD), st.text(string.printable, max_size=40), st.text(LETTERS, max_size=12))
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=6,
)


def values(schema: dict) -> st.SearchStrategy:
    """What a parameter may be, and what it may not."""
    known = schema.get("enum") or schema.get("items", {}).get("enum") or []
    fitting = [st.sampled_from(known)] if known else []
    numbers = [st.integers(-2, 2_000).map(str)] if schema.get("type") == "integer" else []
    return st.one_of(*fitting, *numbers, words)


def bodies(references: list[str]) -> st.SearchStrategy:
    """What is sent: near to what is described, or nothing like it."""
    reference = st.one_of(st.sampled_from(references), words)
    member = st.one_of(words, st.none(), st.booleans(), st.integers())
    names = ("done", "said_by", "position", "stage", "forecast_on", "effective_on", "evidence", "no_change", "version")
    near = st.fixed_dictionaries({"done": words}, optional=dict.fromkeys(names[1:], member))
    answers = st.fixed_dictionaries({"reference": reference}, optional=dict.fromkeys(names, member))
    many = st.fixed_dictionaries({"answers": st.lists(answers, max_size=3)}, optional={"effective_on": member})
    figure = st.one_of(member, st.floats())
    dated = st.fixed_dictionaries({"period": st.sampled_from(["2026-05", "2026-06"]) | words, "value": figure})
    series = st.fixed_dictionaries({"values": st.lists(dated, max_size=3)}, optional={"said_by": words})
    return st.one_of(near, many, series, anything).map(lambda sent: json.dumps(sent).encode()) | st.binary(max_size=40)


@st.composite
def requests(draw, world):
    """(who, method, address, query, body, headers)"""
    method, path, said = draw(st.sampled_from(OPERATIONS))
    ids = [
        getattr(world, f"{name}_{letter}").pk
        for name in ("open", "closed", "round", "final", "response", "indicator")
        for letter in "ab"
    ]
    pk = draw(st.sampled_from([*ids, MISSING, 0, 2**63, 10**40]))
    parameters = [each for each in said["parameters"] if each["in"] == "query"]
    chosen = draw(st.lists(st.sampled_from(parameters), max_size=4)) if parameters else []
    query = {each["name"]: draw(values(each["schema"])) for each in chosen}
    if draw(st.booleans()) and draw(st.booleans()):
        query[draw(words)] = draw(words)
    headers = {"idempotency-key": draw(st.text("ab", max_size=2))} if draw(st.booleans()) else {}
    references = [world.open_a.reference, world.open_b.reference]
    body = draw(bodies(references)) if method == "post" else None
    return draw(st.sampled_from(WHO)), method, path.replace("{pk}", str(pk)), query, body, headers


def leaks(persona: str, text: str) -> set[str]:
    """The marks in a text that this persona is not to be shown."""
    shown = SHOWN.get(persona, NOTHING)
    return {mark for kind, marks in shown.items() for mark in KINDS[kind](text) - marks}


@pytest.fixture
def unlimited(settings):
    settings.API_LIMIT = 10**9


@given(data=st.data())
@tried(max_examples=examples(400) if SOAK else 40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_no_error_of_ours_and_shows_nobody_anything_hidden(world, unlimited, data):
    who, method, address, query, body, headers = data.draw(requests(world))
    client, asked = world.clients[who], f"{address}?{urlencode(query)}"
    with undone():
        if method == "get":
            answer = client.get(asked, headers=headers)
        else:
            answer = client.post(asked, body, content_type="application/json", headers=headers)
    assert answer.status_code in (200, 201, 304, *STATUSES)
    assert answer.status_code in (200, 201) or answer["Content-Type"] == "application/problem+json"
    assert leaks(who, answer.content.decode()) == set()


def test_the_description_names_each_address_of_the_api_and_its_rule_is_in_the_table(world):
    named = {f"api_{said['operationId']}" for _, _, said in OPERATIONS}
    assert named == {name for name in RULES if name.startswith("api_")} - {"api_guide", "api_openapi"}
    assert {line.name for line in lines(world) if line.name.startswith("api_")} >= named


def test_a_force_is_shown_its_own_canaries_there_too(world):
    """Without this, the walk would also pass on empty lists."""
    asked = [
        "register?show=all",
        f"register/{world.open_b.pk}",
        f"rounds/{world.round_b.pk}",
        "inspections",
        "recommendations",
    ]
    seen = {address: len(crawl(world, "lead_b", [f"/api/v1/{address}"])) for address in asked}
    assert [address for address, number in seen.items() if not number] == []
