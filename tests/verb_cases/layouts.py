"""How layouts are imported, retired and used again, once."""

from recommendations.domain.layouts import layouts
from recommendations.models import DocumentLayout
from tests.conftest import AT
from tests.makers.layouts import new_layout


def cases(world) -> dict:
    by = {"by": world.people["administrator"], "at": AT}

    def version(layout: DocumentLayout) -> dict:
        return {"layout": layout, "version": DocumentLayout.objects.get(pk=layout.pk).version}

    return {
        "layouts.import_layouts": lambda: layouts.import_layouts(
            layouts=[new_layout(world.layout.layout, "audit")], file_name="layouts.json", **by
        ),
        "layouts.retire_layout": lambda: layouts.retire_layout(**version(world.layout), **by),
        "layouts.restore_layout": lambda: layouts.restore_layout(**version(world.retired_layout), **by),
    }
