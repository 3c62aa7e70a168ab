"""An IOPC recommendation of force A that was answered, with a request for more time that was withdrawn."""

from recommendations.domain.sources import answers, extensions
from tests.conftest import AT
from tests.makers.sources import follow, from_iopc


def build_sources(world) -> None:
    """`world.iopc`; its answer was seen and sent, so that it waits for nothing."""
    by = {"by": world.people["officer"], "at": AT}
    follow("iopc")
    world.iopc = from_iopc(world.force_a, title="Searches of children", source_reference="2026/218834")
    asked = extensions.ask_extension(inspection=world.iopc, why="A long list.", asked_on=world.iopc.starts_on, **by)
    extensions.answer_extension(extension=asked, answer="refused", answered_by="A deputy", **by)
    extensions.withdraw_extension(extension=asked, reason="It was another letter.", **by)
    wrong = answers.record_answer_step(inspection=world.iopc, step="asked", note="By telephone.", **by)
    answers.withdraw_answer_step(step=wrong, reason="It was another letter.", **by)
    answers.record_answer_step(inspection=world.iopc, step="sent", note="By post.", **by)
    world.iopc.refresh_from_db()
