"""A drawing of boxes, lines and words, which one small SVG template renders for paper and web."""

from dataclasses import dataclass, field
from typing import NamedTuple

from recommendations.documents.formats.letter_widths import width_of

INK, MUTED, PAPER = "#16181d", "#454a55", "#fff"
PER_MM = 4  # drawing units per millimetre on paper
DIGIT = 8  # approximate width of a digit at FIGURES
FIGURES, SMALL = 14, 11.6
BEFORE = {"start": 0, "middle": 0.5, "end": 1}  # the share of a text that is left of its position


class Fill(NamedTuple):
    """Fill and outline of a box. `hatch` is the colour of its hatching, `words` that of a number inside it."""

    fill: str
    edge: str
    thickness: float = 1.4
    dashes: str = ""
    hatch: str = ""
    words: str = INK


class Box(NamedTuple):
    x: str
    y: str
    width: str
    height: str
    fill: Fill


class Stroke(NamedTuple):
    path: str
    colour: str
    thickness: float
    dashes: str = ""


class Shape(NamedTuple):
    path: str
    fill: Fill


class Words(NamedTuple):
    """A text at (x, y). `left` is where it begins on paper: PDF readers would clip the first letter of texts that
    SVG itself centres or right-aligns."""

    left: str
    x: str
    y: str
    words: str
    anchor: str
    weight: int
    size: float
    colour: str


@dataclass
class Drawing:
    """`title` says in words what the drawing shows, with every number; `desc` how it is drawn."""

    title: str
    desc: str
    width: int = 688
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    plates: list[Box] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    @property
    def width_mm(self) -> str:
        return number(self.width / PER_MM)

    @property
    def height_mm(self) -> str:
        return number(self.height / PER_MM)

    def box(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        self.boxes.append(Box(number(x), number(y), number(width), number(height), fill))
        if fill.hatch:
            self.strokes.append(Stroke(hatching(x, y, width, height), fill.hatch, 1))

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        thickness: float = 1.4,
        colour: str = INK,
        dashes: str = "",
    ) -> None:
        path = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
        self.strokes.append(Stroke(path, colour, thickness, dashes))

    def shape(self, path: str, fill: Fill) -> None:
        self.shapes.append(Shape(path, fill))

    def say(
        self,
        x: float,
        y: float,
        words: str | int,
        *,
        anchor: str = "middle",
        weight: int = 400,
        size: float = 12.6,
        colour: str = INK,
    ) -> None:
        left = x - BEFORE[anchor] * width_of(str(words), size, weight)
        self.words.append(Words(number(left), number(x), number(y), str(words), anchor, weight, size, colour))

    def number_in(self, x: float, y: float, width: float, count: int, fill: Fill) -> None:
        """A number centred in a box at (x, y) of this width, if it fits."""
        room = DIGIT * len(str(count)) + 3
        if width < room:
            return
        if fill.hatch:
            plate = Fill(fill.fill, fill.fill, 0)
            self.plates.append(Box(number(x + (width - room) / 2 - 2), number(y - 14), number(room + 4), "18", plate))
        self.say(x + width / 2, y, count, weight=700, size=FIGURES, colour=fill.words)


def number(value: float) -> str:
    """A coordinate to one decimal, independent of locale: "12.5", "12"."""
    return f"{value:.1f}".removesuffix(".0")


def hatching(x: float, y: float, width: float, height: float, step: int = 6) -> str:
    """The path of slanted lines, `step` apart, that fill a box without leaving it."""
    lines = []
    for along in range(step // 2, int(width + height), step):
        over, beyond = max(along - height, 0), max(along - width, 0)
        start = (x + over, y + min(along, height))
        end = (x + min(along, width), y + beyond)
        lines.append(f"M{number(start[0])} {number(start[1])}L{number(end[0])} {number(end[1])}")
    return "".join(lines)
