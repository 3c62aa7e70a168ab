"""A large office, made in the database of DATABASE_URL: python -m …large FORCES RECOMMENDATIONS MEGABYTES [FIRST].

The recommendations are in all, each with five updates; the megabytes are of files on the first force's records.
FIRST is the number of the first force, so that two offices have other ones.
"""

import os
import sys

import django

PER_FILE = 40  # megabytes
UPDATES = 5


def build(forces: int, recommendations: int, megabytes: int, first: int = 0) -> None:
    from recommendations.models import ForceUpdate
    from recommendations.trail import verb
    from tests.conftest import AT, make_inspection, make_many_tracked
    from tests.makers.attachments import make_file
    from tests.makers.handing_over import make_body, make_force

    body = make_body(f"Marches{first}")
    for number in range(first, first + forces):
        force = make_force(f"Shire{number}", f"S{number}", body)
        for part in range(10):
            inspection = make_inspection(force, title=f"Report {number}.{part}")
            made = make_many_tracked(inspection, range(recommendations // forces // 10))
            with verb("add_updates", by=None, at=AT) as act:
                for update in range(UPDATES):
                    act.add_all([_update(ForceUpdate, each, update, AT) for each in made])
            if number == 0:
                for file in range(megabytes // PER_FILE // 10):
                    content = os.urandom(64) * (PER_FILE * 1_000_000 // 64)
                    make_file(made[file], name=f"{part}-{file}.pdf", content=content)


def _update(model, tracked, number, at):
    said = f"What was done, {number}. " * 10
    return model(tracked=tracked, done=said, evidence=said, effective_on=at.date(), recorded_at=at)


if __name__ == "__main__":
    django.setup()
    build(*map(int, sys.argv[1:]))
