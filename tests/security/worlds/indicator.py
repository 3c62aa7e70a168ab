"""An indicator of each force, with a value, a changed definition and a sheet; and one of what is restricted."""

import datetime
from decimal import Decimal

from recommendations.domain.indicators.indicators import change_definition
from recommendations.domain.indicators.values import NewValue, record_sheet
from recommendations.enums.indicators import IndicatorEvery
from tests.conftest import AT
from tests.makers.indicators import make_indicator, make_value

SEPTEMBER = datetime.date(2026, 9, 1)


def build_indicator(world, letter: str, say) -> None:
    """`world.indicator_a` is of `open_a` and a commitment, and the force enters its values."""
    by, record = {"by": world.people["officer"], "at": AT}, getattr(world, f"open_{letter}")
    said = {"definition": say("Each search."), "source": say("Custody system."), "force_enters": True}
    commitment = getattr(world, f"commitment_{letter}")
    made = make_indicator(record, name=say(f"Searches {letter}"), commitments=(commitment,), **said, **by)
    value = make_value(made, 41, said_by=say("Custody."), **by)
    change = change_definition(
        indicator=made, changed_on=SEPTEMBER, definition=say("Each search of a child."), note=say("Narrower."), **by
    )
    new = NewValue(made, IndicatorEvery.MONTH.period_of(SEPTEMBER), Decimal(12))
    sheet = record_sheet(force=record.force, values=[new], said_by=say("Pack."), name=say("pack.xlsx"), **by)
    for name, each in (("indicator", made), ("value", value), ("change", change), ("sheet_of_values", sheet)):
        setattr(world, f"{name}_{letter}" if name != "change" else f"changed_definition_{letter}", each)
