"""The styles of an .xlsx: a cell's number format and fill colour."""

import colorsys

from recommendations.exchange.readers.spreadsheets.xlsx_number_formats import BUILT_IN, GENERAL
from recommendations.exchange.readers.spreadsheets.xlsx_package import Attributes, Elements

RED, AMBER, GREEN, BLUE, GREY = "red", "amber", "green", "blue", "grey"
HUES = ((14, RED), (66, AMBER), (170, GREEN), (262, BLUE), (335, ""), (360, RED))
FAINT = 0.08  # a colour with less saturation counts as none
LIGHT, DARK = 0.93, 0.2
PALETTE = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    * 2
    + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
).split()
THEME = [
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF",
    "800080",
]  # fmt: skip


class Theme(Elements):
    """The colours of the workbook's theme, in the order of their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    @property
    def colours(self) -> list[str]:
        """The colours in numeric order: light before dark, unlike in the file."""
        if len(self.found) < 12:
            return THEME
        dark, light, dark_2, light_2, *rest = self.found[:12]
        return [light, dark, light_2, dark_2, *rest]

    def startElement(self, name: str, attrs: Attributes) -> None:
        local = name.rpartition(":")[2]
        self.inside = self.inside or local == "clrScheme"
        if self.inside and local in ("srgbClr", "sysClr"):
            self.found.append(attrs.get("lastClr") or attrs.get("val", ""))

    def endElement(self, name: str) -> None:
        if name.rpartition(":")[2] == "clrScheme":
            self.inside = False


class Styles(Elements):
    """`cells`: for each cell style, the number format's code and the colour's word."""

    def __init__(self, theme: list[str]) -> None:
        super().__init__()
        self.theme, self.palette = theme, list(PALETTE)
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.fills: list[str] = []
        self.cells: list[tuple[str, str]] = []
        self.solid = self.in_cells = self.in_fills = False

    def on_numFmt(self, attrs: Attributes) -> None:
        self.codes[int(attrs.get("numFmtId", "0"))] = attrs.get("formatCode", GENERAL)

    def on_fills(self, attrs: Attributes) -> None:
        self.in_fills = True

    def on_fill(self, attrs: Attributes) -> None:
        if self.in_fills:
            self.fills.append("")

    def on_patternFill(self, attrs: Attributes) -> None:
        self.solid = self.in_fills and attrs.get("patternType") not in (None, "none", "gray125", "gray0625")

    def on_fgColor(self, attrs: Attributes) -> None:
        if self.solid and self.fills:
            self.fills[-1] = self._word(attrs)

    def on_cellXfs(self, attrs: Attributes) -> None:
        self.in_cells = True

    def on_xf(self, attrs: Attributes) -> None:
        if self.in_cells:
            fill = int(attrs.get("fillId", "0"))
            code = self.codes.get(int(attrs.get("numFmtId", "0")), GENERAL)
            self.cells.append((code, self.fills[fill] if 0 <= fill < len(self.fills) else ""))

    def endElement(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "cellXfs":
            self.in_cells = False
        elif local == "fills":
            self.in_fills = self.solid = False

    def _word(self, attrs: Attributes) -> str:
        tint = max(-1.0, min(1.0, float(attrs.get("tint", "0"))))
        if "rgb" in attrs:
            return word_of(attrs.get("rgb", ""), tint)
        colours, place = (self.theme, attrs.get("theme")) if "theme" in attrs else (self.palette, attrs.get("indexed"))
        return word_of(colours[int(place)], tint) if place and 0 <= int(place) < len(colours) else ""


# The colours of Excel's first 64 numbers: eight old screen colours, twice, then its old palette.
# A theme's colours in numeric order, as Office has them if a file has no theme.


def word_of(rgb: str, tint: float = 0.0) -> str:
    """Return red, amber, green, blue or grey for RRGGBB (or AARRGGBB) with a tint, or ""."""
    try:
        red, green, blue = (int(rgb[-6:][place : place + 2], 16) / 255 for place in (0, 2, 4))
    except ValueError:
        return ""
    hue, light, colour = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    red, green, blue = colorsys.hls_to_rgb(hue, light, colour)
    hue, strength, bright = colorsys.rgb_to_hsv(red, green, blue)
    if strength < FAINT:
        return GREY if DARK < bright < LIGHT else ""
    return next(word for most, word in HUES if hue * 360 <= most) if bright > DARK else ""
