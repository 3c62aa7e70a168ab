"""How each verb of an indicator is done once."""

import datetime
from dataclasses import replace
from decimal import Decimal

from recommendations.domain.indicators import indicators, sheet, values
from recommendations.enums.indicators import IndicatorEvery
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=20)


def cases(world) -> dict:
    by, made = {"by": world.people["officer"], "at": LATER}, world.indicator_a
    details = indicators.chosen_details(made, made.links.select_related("tracked", "commitment__of"))
    new = replace(details, name="Another", tracked=(), commitments=())
    july = IndicatorEvery.MONTH.period_of(datetime.date(2026, 7, 1))
    value = values.NewValue(made, july, Decimal(3))
    entered = {"said_by": "Custody", **by}
    made.refresh_from_db()
    return {
        "indicators.add_indicator": lambda: indicators.add_indicator(force=made.force, details=new, **by),
        "indicators.edit_indicator": lambda: indicators.edit_indicator(
            indicator=made, version=made.version, details=replace(details, source="Other"), **by
        ),
        "indicators.withdraw_indicator": lambda: indicators.withdraw_indicator(
            indicator=made, version=made.version, reason="By mistake.", **by
        ),
        "indicators.change_definition": lambda: indicators.change_definition(
            indicator=made, changed_on=july.start, definition="Fewer.", **by
        ),
        "indicators.withdraw_change": lambda: indicators.withdraw_change(
            change=world.changed_definition_a, reason="It did not.", **by
        ),
        "indicators.record_value": lambda: values.record_value(
            indicator=made, period=july, value=Decimal(3), **entered
        ),
        "indicators.record_sheet": lambda: values.record_sheet(
            force=made.force, values=[value], name="pack.csv", **entered
        ),
        "indicators.record_sent_values": lambda: sheet.record_sent_values(
            indicator=made, values=[value], name="Sent by Feed", **entered
        ),
        "indicators.withdraw_value": lambda: values.withdraw_value(value=world.value_a, reason="Wrong.", **by),
        "indicators.undo_sheet": lambda: values.undo_sheet(sheet=world.sheet_of_values_a, reason="Wrong.", **by),
    }
