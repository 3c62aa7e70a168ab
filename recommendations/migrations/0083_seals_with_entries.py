"""Changes of accounts that wait get what they lacked, and each good seal the number of its trail entry."""

from django.db import migrations
from django.db.models import Max

from recommendations import keys

PASSWORD_VERBS = ("set_password",)
FACTOR_VERBS = (
    *("add_second_factor", "remove_second_factor", "rename_second_factor", "make_recovery_codes"),
    *("use_recovery_code", "reset_second_factor", "make_former"),
)


def complete_changes(apps, schema_editor):
    """What nobody asked to change stays as it is. None of these is of a force inspection lead, so none has a force."""
    for change in apps.get_model("recommendations", "AccountChange").objects.filter(decided_at=None):
        change.entra_id = change.person.entra_id
        change.save(update_fields=["entra_id"])


def seal_with_entries(apps, schema_editor):
    """A seal that does not fit stays so, and is found."""
    passwords, factors = newest_entries(apps, PASSWORD_VERBS), newest_entries(apps, FACTOR_VERBS)
    for seal in apps.get_model("recommendations", "AccountSeal").objects.select_related("person"):
        pk = seal.pk
        seal.password_entry, seal.factors_entry = passwords.get(pk, 0), factors.get(pk, 0)
        password, rows = ["password", pk, seal.person.password], factor_rows(apps, pk)
        if keys.is_sealed(password, seal.password):
            seal.password = keys.seal([*password, seal.password_entry])
        if keys.is_sealed(["factors", pk, rows], seal.factors):
            seal.factors = keys.seal(["factors", pk, rows, seal.factors_entry])
        seal.save()


def seal_without_entries(apps, schema_editor):
    for seal in apps.get_model("recommendations", "AccountSeal").objects.select_related("person"):
        pk = seal.pk
        password, rows = ["password", pk, seal.person.password], factor_rows(apps, pk)
        if keys.is_sealed([*password, seal.password_entry], seal.password):
            seal.password = keys.seal(password)
        if keys.is_sealed(["factors", pk, rows, seal.factors_entry], seal.factors):
            seal.factors = keys.seal(["factors", pk, rows])
        seal.save()


def newest_entries(apps, verbs):
    """The sequence of the newest entry by one of these verbs about each person."""
    about = apps.get_model("recommendations", "TrailEntry").objects.filter(verb__in=verbs).order_by()
    about = about.filter(subject_model="recommendations.user").values_list("subject_id")
    return dict(about.annotate(Max("sequence")))


def factor_rows(apps, person):
    """The second factors of a person; none where mfa has no tables yet."""
    if "mfa" not in apps.app_configs:
        return []
    rows = apps.get_model("mfa", "Authenticator").objects.filter(user_id=person).order_by("pk")
    return [list(row) for row in rows.values_list("pk", "type", "data")]


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0082_accounts_by_two")]
    operations = [
        migrations.RunPython(complete_changes, migrations.RunPython.noop),
        migrations.RunPython(seal_with_entries, seal_without_entries),
    ]
