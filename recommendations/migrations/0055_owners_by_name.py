"""Leads and keepers that are named exactly as one active account of the office get that account; other names stay.

No verb: the names are what they were, and what the trail said of the rows holds.
"""

from collections import Counter

from django.db import migrations
from django.db.models import F

OFFICE = ("opcc_officer", "approving_officer")


def link(apps, schema_editor):
    people = apps.get_model("recommendations", "User").objects.filter(role__in=OFFICE)
    active = people.filter(is_active=True).values_list("pk", "name")
    names = Counter(name for _, name in active)
    tracked = apps.get_model("recommendations", "TrackedRecommendation").objects
    commitments = apps.get_model("recommendations", "Commitment").objects
    for pk, name in active:
        if names[name] == 1:
            tracked.filter(opcc_lead=name).update(opcc_person=pk)
            commitments.filter(keeper=name).update(keeper_person=pk)
    rounds = apps.get_model("recommendations", "UpdateRound").objects
    rounds.filter(asked_by__in=people).update(keeper=F("asked_by"))


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0054_owners")]
    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
