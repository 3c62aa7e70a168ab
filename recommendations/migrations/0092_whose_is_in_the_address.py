"""Mine or everyone’s is said in the address of each list: no list remembers it for another."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0091_plain_names"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="user",
            name="shows_mine",
        ),
    ]
