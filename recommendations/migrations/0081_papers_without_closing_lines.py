"""The next paper opens with what the last one's figures kept as open: the same as rows and two numbers is gone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0080_counts_by_a_plain_index"),
    ]

    operations = [
        migrations.RemoveField(model_name="historicalscrutinyreport", name="open_now"),
        migrations.RemoveField(model_name="historicalscrutinyreport", name="overdue_now"),
        migrations.RemoveField(model_name="scrutinyreport", name="open_now"),
        migrations.RemoveField(model_name="scrutinyreport", name="overdue_now"),
        migrations.DeleteModel(name="ClosingLine"),
    ]
