"""A large file of the register is made for whoever may still see it then."""

from recommendations.domain.people.records import keep
from recommendations.domain.register.export import large_files
from recommendations.enums import BuildState
from tests.conftest import AT


def test_a_file_is_large_from_the_first_row_above_the_limit():
    assert [large_files.is_large("xlsx", large_files.LARGE + more) for more in (0, 1)] == [False, True]


def test_whoever_can_no_longer_see_the_register_gets_no_file(officer):
    """The build fails with NotAllowed's words, and nothing is made."""
    large_files.ask(form="xlsx", query="", by=officer, at=AT)
    officer.is_active = False
    keep(record=officer, by=None, at=AT)
    made = []
    build = large_files.build_next_file(lambda: AT, make=lambda *asked: made.append(asked))
    assert (build.state, officer.name in build.problem) == (BuildState.FAILED, True)
    assert made == []
