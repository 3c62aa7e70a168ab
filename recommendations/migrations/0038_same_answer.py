"""Why an answer goes to the office as it was returned. Nobody was asked before, so it is empty."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0037_invitation_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalroundanswer',
            name='same_reason',
            field=models.TextField(blank=True, verbose_name='why the same answer stands'),
        ),
        migrations.AddField(
            model_name='roundanswer',
            name='same_reason',
            field=models.TextField(blank=True, verbose_name='why the same answer stands'),
        ),
    ]
