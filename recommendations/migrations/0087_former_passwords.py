"""Who is shown by a number already has no password either."""

from django.contrib.auth.hashers import make_password
from django.db import migrations
from django.db.models import Max

from recommendations import keys


def remove_passwords(apps, schema_editor):
    _remove_and_seal(apps, ("set_password", "make_former"))


def seal_as_before(apps, schema_editor):
    """What is removed stays so."""
    _remove_and_seal(apps, ("set_password",))


def _remove_and_seal(apps, verbs):
    """Remove the password of each former officer, and seal that with the newest entry by one of these verbs."""
    people = apps.get_model("recommendations", "FormerPerson").objects.values_list("person_id", flat=True)
    entries = apps.get_model("recommendations", "TrailEntry").objects.filter(
        subject_model="recommendations.user", subject_id__in=people, verb__in=verbs
    )
    newest = dict(entries.order_by().values_list("subject_id").annotate(Max("sequence")))
    for pk in people:
        password, entry = make_password(None), newest.get(pk, 0)
        apps.get_model("recommendations", "User").objects.filter(pk=pk).update(password=password)
        apps.get_model("recommendations", "AccountSeal").objects.filter(pk=pk).update(
            password=keys.seal(["password", pk, password, entry]), password_entry=entry
        )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0086_key_seal")]
    operations = [migrations.RunPython(remove_passwords, seal_as_before)]
