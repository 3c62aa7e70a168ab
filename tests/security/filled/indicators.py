"""What is typed into the forms of indicators."""

from django.urls import reverse

from recommendations.forms.site.base import new_token


def about_indicators(world, form) -> list:
    """Each form once. `form` is the class Form."""
    pk = world.indicator_a.pk
    page, sheet = world.indicator_a.get_absolute_url(), reverse("indicator_sheet", args=[world.force_a.slug])
    add = f"{reverse('add_indicator')}?force={world.force_a.slug}"
    new = {"name": "Calls", "definition": "Each call.", "source": "Return", "unit": "percent", "every": "quarter"}
    new |= {"better": "up", "target": "90%", "target_on": "1/4/2027", "tracked": world.open_a.reference}
    cells = f"Indicator\tMay 2026\n{world.indicator_a.name}\t38"

    def at(name: str, key: int, typed: dict):
        address = reverse(name, args=[key])
        return form(name, address, address, typed)

    pasted = {"text": cells, "said_by": "Custody"}
    return [
        form("add_indicator", add, add, new),
        at("edit_indicator", pk, {"source": "Another return"}),
        form(
            "record_indicator_value",
            page,
            reverse("record_indicator_value", args=[pk]),
            {"period": "2026-05-01", "value": "38", "said_by": "Custody"},
        ),
        at("change_definition", pk, {"changed_on": "1/6/2026", "definition": "Fewer."}),
        at("withdraw_definition_change", world.changed_definition_a.pk, {"reason": "It did not."}),
        at("withdraw_indicator_value", world.value_a.pk, {"reason": "Wrong."}),
        form("indicator_sheet", sheet, sheet, pasted | {"save": "1"}, before=(sheet, pasted | {"once": new_token()})),
        at("undo_indicator_sheet", world.sheet_of_values_a.pk, {"reason": "Wrong."}),
        at("withdraw_indicator", pk, {"reason": "Not counted any more."}),
    ]
