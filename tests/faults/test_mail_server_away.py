"""The mail server is down, slow, or refuses, while people work: their pages and saves do not wait for it, or fail."""

import time
from statistics import quantiles

import pytest

from tests.faults.installation import NOBODY, Installation
from tests.faults.mail_server import MailServer, free_port
from tests.faults.savers import Readers, Savers, set_up

RESET = "/account/password/reset/"
SLOW = 5  # seconds

pytestmark = pytest.mark.soak


def down(server: MailServer) -> None:
    server.port = free_port()  # where nobody listens


def slow(server: MailServer) -> None:
    server.does["RCPT"] = lambda _: time.sleep(SLOW)


def refusing(server: MailServer) -> None:
    server.does["RCPT"] = lambda _: "550 no such mailbox"


@pytest.mark.parametrize(("fault", "arrive"), [(down, 0), (slow, 3), (refusing, 0)], ids=["down", "slow", "refusing"])
def test_pages_and_saves_go_on_while_the_mail_server_does_not(fault, arrive, tmp_path, shows):
    url, log = f"sqlite:///{tmp_path / 'oversight.sqlite3'}", tmp_path / "log"
    office = set_up(url, 4, 5)
    with MailServer() as mail:
        fault(mail)
        server = Installation(url, {"EMAIL_URL": mail.url}, log=log)
        pages = ["/", "/register/", "/definitions/", "/published/"]
        reading = Readers(server, office.browsers, pages, 0.5)
        with server, Savers(server, office, 0.5) as savers, reading as readers:
            asked = [NOBODY.post(server, RESET, email=f"officer.{number}@example.org") for number in range(3)]
            savers.wait_for(20)
            time.sleep(3 * SLOW + 1)
        told = sum(mail.times.values())
    outcome, slowest = savers.outcome(url), quantiles(readers.seconds, n=20)[-1]
    shows(
        f"3 links for a password asked for, {told} emails arrived; {outcome.acknowledged} saves and "
        f"{readers.statuses.total()} pages in that time, {savers.failed + readers.failed} failed; "
        f"19 of 20 pages within {slowest:.1f} s"
    )
    assert [each.status for each in asked] == [302] * 3, "the answer is the same, and does not wait"
    assert told == arrive
    assert (outcome.lost, outcome.doubled, outcome.wrong) == (0, 0, [])
    assert (savers.statuses.keys(), readers.statuses.keys()) == ({302}, {200})
    assert "officer.0" not in log.read_text()
