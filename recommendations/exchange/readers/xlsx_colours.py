"""The colour of a cell as one of five words, by its hue: people fill a cell where others write a word."""

import colorsys

RED, AMBER, GREEN, BLUE, GREY = "red", "amber", "green", "blue", "grey"
HUES = ((14, RED), (66, AMBER), (170, GREEN), (262, BLUE), (335, ""), (360, RED))
FAINT = 0.08  # less colour than this is none
LIGHT, DARK = 0.93, 0.2
# The colours that Excel's first 64 numbers stand for: eight of old screens, twice, then its old palette.
PALETTE = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    * 2
    + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
).split()
# A theme's colours in the order in which cells number them, as Office has them where a file has no theme.
THEME = [
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF",
    "800080",
]  # fmt: skip


def word_of(rgb: str, tint: float = 0.0) -> str:
    """red, amber, green, blue or grey for RRGGBB (or AARRGGBB), made lighter or darker by its tint; else empty."""
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
