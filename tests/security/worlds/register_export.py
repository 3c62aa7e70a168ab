"""A large file of the register, made for the first force's inspection lead: nobody else's."""

import io

from django.utils import timezone
from openpyxl import Workbook

from recommendations.domain.builds import builds
from recommendations.domain.register.export import large_files
from recommendations.enums.builds import ExportStep
from recommendations.models import RegisterExport


def make_register_export(world, say) -> None:
    """A file that was asked for and made, `world.register_export`."""
    at = timezone.now()
    large_files.ask(form="xlsx", query="show=all", by=world.people["lead_a"], at=at)
    build = builds.claim_next(RegisterExport, step=ExportStep.ROWS, at=at)
    builds.finish(build, at=at, name="register.xlsx", content=_workbook(say("A register")), about="xlsx")
    world.register_export = build


def _workbook(words: str) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append([words])
    book.save(out)
    return out.getvalue()
