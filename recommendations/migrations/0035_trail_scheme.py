"""Each entry of the trail names the scheme that its hash is made with. Those that are there were made with the first.

Nothing that an entry's hash covers is changed.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0034_published_words")]

    operations = [
        migrations.AddField("trailentry", "scheme", models.PositiveSmallIntegerField(default=1)),
    ]
