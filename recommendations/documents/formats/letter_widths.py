"""How wide a text is in the face of documents: the advances of Source Sans 3, from its space to its tilde."""

# In thousandths of the size, by weight.
ADVANCES: dict[int, tuple[int, ...]] = {
    400: (
        *(200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497, 497, 497),
        *(497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527, 494, 617, 652, 263, 479, 579),
        *(486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539, 303, 350, 303, 497, 500, 542, 504),
        *(553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542, 555, 555, 347, 419, 338, 544, 467, 719),
        *(446, 467, 425, 303, 241, 303, 497),
    ),
    700: (
        *(200, 340, 537, 528, 528, 857, 667, 300, 344, 344, 457, 528, 300, 332, 300, 339, 528, 528, 528, 528, 528, 528),
        *(528, 528, 528, 528, 300, 300, 528, 528, 528, 463, 902, 573, 605, 582, 635, 548, 524, 638, 674, 301, 509, 614),
        *(518, 762, 665, 684, 596, 684, 613, 556, 556, 665, 556, 813, 567, 525, 541, 344, 339, 344, 528, 500, 555, 527),
        *(573, 468, 573, 518, 341, 534, 571, 276, 278, 548, 286, 857, 572, 555, 573, 573, 398, 443, 383, 568, 523, 776),
        *(514, 521, 460, 344, 268, 344, 528),
    ),
}
OTHER = 480  # a dash; about what a letter of another alphabet takes


def width_of(text: str, size: float, weight: int = 400) -> float:
    """The width of a text on one line, in the unit of `size`."""
    advances = ADVANCES[weight]
    places = (ord(letter) - ord(" ") for letter in text)
    return sum(advances[place] if 0 <= place < len(advances) else OTHER for place in places) * size / 1000
