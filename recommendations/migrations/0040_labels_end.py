"""A label of the office can be ended. None is: the ones on file stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0039_typed_drafts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='historicaloversight',
            options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical oversight', 'verbose_name_plural': 'historical oversights'},
        ),
        migrations.AlterModelOptions(
            name='oversight',
            options={'ordering': ['force', '-since'], 'verbose_name_plural': 'oversights'},
        ),
        migrations.AddField(
            model_name='historicallabel',
            name='ended',
            field=models.BooleanField(default=False, help_text='A built-in one has its own words again. One that records say cannot be ended.', verbose_name='no longer offered'),
        ),
        migrations.AddField(
            model_name='label',
            name='ended',
            field=models.BooleanField(default=False, help_text='A built-in one has its own words again. One that records say cannot be ended.', verbose_name='no longer offered'),
        ),
    ]
