"""A form that is sent twice takes effect once, for each person apart."""

import pytest

from recommendations.domain.submission.idempotency import run_once
from recommendations.domain.writing.refusals import AlreadySent
from tests.conftest import AT


@pytest.mark.on_postgresql
def test_a_token_is_used_once_by_each_person(officer, approver):
    """Nobody uses up the token of another's form or program by sending it first."""
    sent = [run_once("token", by=by, at=AT, act=lambda by=by: by.name, led_to="/x/") for by in (officer, approver)]
    assert sent == [officer.name, approver.name]
    for by in (officer, approver):
        with pytest.raises(AlreadySent) as again:
            run_once("token", by=by, at=AT, act=lambda: None, led_to="/y/")
        assert again.value.led_to == "/x/"
