"""A database knows its SECRET_KEY by a seal: another key is named, and not taken for tampering."""

import pytest
from django.core.management import CommandError, call_command

from oversight.starting import problem_at_start
from recommendations.domain.audit import verification
from recommendations.domain.audit.secret_key import ANOTHER_KEY, is_of_another_key
from recommendations.domain.people import verification as seals
from recommendations.models import AccountSeal, TrailHead, User
from tests.conftest import AT
from tests.database import APPLICATION, as_role
from tests.domain.audit.tampering import past

pytestmark = pytest.mark.on_postgresql
OTHER = "the key of another office, of which nobody here has heard anything"
assert seals.wrong_seals  # checked wherever it is imported, as the command does


def key_seal() -> str:
    return TrailHead.objects.get().key_seal


def test_the_first_start_seals_the_database_and_the_next_one_leaves_the_seal(officer):
    assert key_seal() == ""
    with as_role(APPLICATION):
        assert problem_at_start(at=AT) == ""
    seal = key_seal()
    assert (len(seal), problem_at_start(at=AT), key_seal()) == (64, "", seal)


def test_another_key_is_said_by_the_start_and_by_verify_audit(officer, approver, settings):
    problem_at_start(at=AT)
    settings.SECRET_KEY = OTHER
    assert problem_at_start(at=AT) == ANOTHER_KEY
    assert verification.verify() == [ANOTHER_KEY]
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert str(refused.value) == ANOTHER_KEY


def test_a_database_without_a_seal_is_known_by_its_accounts(officer, approver, settings):
    """As one of an earlier version is: it is sealed only by the key that sealed its accounts."""
    own = settings.SECRET_KEY
    settings.SECRET_KEY = OTHER
    assert (problem_at_start(at=AT), key_seal()) == (ANOTHER_KEY, "")
    settings.SECRET_KEY = own
    past(User).filter(pk=officer.pk).update(password="written past the program")
    assert not is_of_another_key()  # tampering, which verify_audit names
    past(AccountSeal).all()._raw_delete("default")
    settings.SECRET_KEY = OTHER
    assert not is_of_another_key()  # nobody can know


def test_a_changed_key_is_one_of_two_until_the_secrets_are_renewed(officer, settings):
    problem_at_start(at=AT)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OTHER, [settings.SECRET_KEY]
    assert problem_at_start(at=AT) == ""
    call_command("renew_secrets")
    settings.SECRET_KEY_FALLBACKS = []
    assert (problem_at_start(at=AT), verification.verify()) == ("", [])


def test_a_key_is_taken_instead_of_a_lost_one_only_if_that_is_said(officer, settings):
    problem_at_start(at=AT)
    settings.SECRET_KEY = OTHER
    with pytest.raises(CommandError) as refused:
        call_command("renew_secrets")
    assert (str(refused.value), problem_at_start(at=AT)) == (ANOTHER_KEY, ANOTHER_KEY)
    call_command("renew_secrets", lost_key=True)
    assert problem_at_start(at=AT) == ""
    assert verification.verify() == [*seals.wrong_seals()]
    assert len(verification.verify()) == 2  # the password and the second factor of the one person
