"""A large file of the register, made for the first force's inspection lead: nobody else's."""

from django.utils import timezone

from recommendations.domain.register.export import large_files
from recommendations.domain.writing import builds
from recommendations.enums.register_exports import ExportStep
from recommendations.models import RegisterExport


def make_register_export(world, say) -> None:
    """A file that was asked for and made, `world.register_export`."""
    at = timezone.now()
    large_files.ask(form="xlsx", query="show=all", by=world.people["lead_a"], at=at)
    build = builds.claim_next(RegisterExport, step=ExportStep.ROWS, at=at)
    builds.finish(build, at=at, name="register.xlsx", content=say("PK of a register").encode(), about="xlsx")
    world.register_export = build
