"""The receiver in docs/operations/webhooks.md, run as it stands there: it takes what is signed here alone."""

import re

import pytest

from recommendations.domain.webhooks.signing import headers, new_secret
from tests.test_architecture import ROOT

NOW = 1_794_045_600


@pytest.fixture(scope="module")
def receiver():
    """The names that the fenced code of the page defines."""
    page = (ROOT / "docs/operations/webhooks.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 15
    names: dict = {}
    exec(code, names)
    return names


def test_the_documented_receiver_takes_what_is_signed_and_nothing_else(receiver):
    old, secret, body = new_secret(), new_secret(), b'{"type":"test"}'
    receiver["SECRET"] = secret
    given = {"message": "msg_1", "timestamp": NOW, "secrets": [secret, old]}

    def takes(body: bytes = body, now: int = NOW, **changed) -> bool:
        sent = headers(b'{"type":"test"}', **given) | changed
        return receiver["is_genuine"](sent, body, now)

    assert takes()
    assert not takes(body=b'{"type":"paper.issued"}')
    assert not takes(now=NOW + 301)
    assert not takes(**{"webhook-id": "msg_2"})
    assert not takes(**{"webhook-timestamp": str(NOW + 1)})
    receiver["SECRET"] = old
    assert takes()
    receiver["SECRET"] = new_secret()
    assert not takes()
