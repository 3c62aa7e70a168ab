"""What the styles of an .xlsx say of a cell: how its number is shown, and the colour that it is filled with."""

from recommendations.exchange.readers.xlsx_colours import PALETTE, THEME, word_of
from recommendations.exchange.readers.xlsx_number_formats import BUILT_IN, GENERAL
from recommendations.exchange.readers.xlsx_package import Elements


class Theme(Elements):
    """The colours of the workbook's theme, in the order in which cells number them."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    @property
    def colours(self) -> list[str]:
        """Light comes before dark in the numbers, and after it in the file."""
        if len(self.found) < 12:
            return THEME
        dark, light, dark_2, light_2, *rest = self.found[:12]
        return [light, dark, light_2, dark_2, *rest]

    def startElement(self, name, attrs):
        local = name.rpartition(":")[2]
        self.inside = self.inside or local == "clrScheme"
        if self.inside and local in ("srgbClr", "sysClr"):
            self.found.append(attrs.get("lastClr") or attrs.get("val", ""))

    def endElement(self, name):
        if name.rpartition(":")[2] == "clrScheme":
            self.inside = False


class Styles(Elements):
    """`cells`: for each style of a cell, the code of its number's format and the word of its colour."""

    def __init__(self, theme: list[str]):
        super().__init__()
        self.theme, self.palette = theme, list(PALETTE)
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.fills: list[str] = []
        self.cells: list[tuple[str, str]] = []
        self.solid = self.in_cells = self.in_fills = False

    def on_numFmt(self, attrs):
        self.codes[int(attrs.get("numFmtId", 0))] = attrs.get("formatCode", GENERAL)

    def on_fills(self, attrs):
        self.in_fills = True

    def on_fill(self, attrs):
        if self.in_fills:
            self.fills.append("")

    def on_patternFill(self, attrs):
        self.solid = self.in_fills and attrs.get("patternType") not in (None, "none", "gray125", "gray0625")

    def on_fgColor(self, attrs):
        if self.solid and self.fills:
            self.fills[-1] = self._word(attrs)

    def on_cellXfs(self, attrs):
        self.in_cells = True

    def on_xf(self, attrs):
        if self.in_cells:
            fill = int(attrs.get("fillId", 0))
            code = self.codes.get(int(attrs.get("numFmtId", 0)), GENERAL)
            self.cells.append((code, self.fills[fill] if 0 <= fill < len(self.fills) else ""))

    def endElement(self, name):
        local = name.rpartition(":")[2]
        if local == "cellXfs":
            self.in_cells = False
        elif local == "fills":
            self.in_fills = self.solid = False

    def _word(self, attrs) -> str:
        tint = max(-1.0, min(1.0, float(attrs.get("tint", 0))))
        if "rgb" in attrs:
            return word_of(attrs.get("rgb"), tint)
        colours, place = (self.theme, attrs.get("theme")) if "theme" in attrs else (self.palette, attrs.get("indexed"))
        return word_of(colours[int(place)], tint) if place and 0 <= int(place) < len(colours) else ""
