"""The total of a table stands on no page alone: the row above it comes along."""

from functools import cache
from pathlib import Path

import pytest
from weasyprint import CSS, HTML

STYLES = Path(__file__).parents[3] / "static/documents"
SMALL = "@page{size:120mm 70mm;margin:8mm;@top-left{content:none}@top-right{content:none}@bottom-left{content:none}}"
# Where the total stands in each kind of table: a class, what opens its part of the table, and what closes that.
TOTALS = {
    "list dates by-when": ("<tbody><tr class='grp'>", "</tr></tbody>"),
    "kinds": ("<tfoot><tr>", "</tr></tfoot>"),
}


@cache
def styles() -> list[CSS]:
    found = [CSS(filename=STYLES / name) for name in ("html.css", "print.css", "scrutiny.css")]
    return [*found, CSS(string=f"{SMALL} .kinds{{break-inside:auto}}")]


@cache
def pages(table: str, rows: int) -> list[list[str]]:
    """The words of each page of a table with so many rows and a total, by the style sheets of papers."""
    opens, closes = TOTALS[table]
    body = "".join(f"<tr><th scope='row'>R{number}</th></tr>" for number in range(rows))
    total = f"{opens}<th scope='row'>Total</th>{closes}"
    html = f"<table class='{table}'><thead><tr><th>Head</th></tr></thead><tbody>{body}</tbody>{total}</table>"
    made = HTML(string=html).render(stylesheets=styles())
    boxes = (page._page_box.descendants() for page in made.pages)
    return [[box.text for box in some if type(box).__name__ == "TextBox" and box.text[0] in "RT"] for some in boxes]


@pytest.mark.suite(0)
@pytest.mark.parametrize("table", TOTALS)
def test_a_total_comes_with_the_row_above_it(table):
    fitting = next(rows for rows in range(4, 40) if len(pages(table, rows)) == 2)
    last = [pages(table, rows)[-1] for rows in range(fitting, fitting + 3)]
    assert last[0] == [f"R{fitting - 1}", "Total"]
    assert [some[-2:] for some in last] == [[f"R{rows - 1}", "Total"] for rows in range(fitting, fitting + 3)]
