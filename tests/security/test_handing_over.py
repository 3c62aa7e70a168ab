"""Nothing of one force is in the bag of another: each text of the second carries a canary."""

import re

from tests.makers.handing_over import make_bag, members
from tests.security.world import CANARY, planted
from tests.snapshots import undone


def test_no_text_of_another_force_is_in_a_bag(world, tmp_path):
    assert len(planted()) > 100
    with undone():
        file, _ = make_bag(world.force_a, tmp_path)
    found = {
        (name, planted()[canary.decode()])
        for name, content in members(file).items()
        for canary in re.findall(f"{CANARY}[0-9]+[.]".encode(), content)
    }
    assert sorted(found) == []


def test_its_own_texts_are(world, tmp_path):
    with undone():
        file, _ = make_bag(world.force_b, tmp_path)
    assert len(set(re.findall(f"{CANARY}[0-9]+[.]".encode(), file.read_bytes()))) > 50
