"""To whom an invitation to comment goes by e-mail from here, and the ledger of that. No row is written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0036_section_55'),
    ]

    operations = [
        migrations.CreateModel(
            name='InvitationMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('claimed', 'Being sent'), ('handed', 'Handed over'), ('sent', 'Sent'), ('failed', 'Not sent')], default='claimed', max_length=10)),
                ('claimed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=1)),
                ('problem', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['invitation'],
            },
        ),
        migrations.AddField(
            model_name='historicalinvitation',
            name='mailed_to',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by e-mail to'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='mailed_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by e-mail to'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('mailed_to__isnull', True), ('sent_on__isnull', False), _connector='OR'), name='invitation_mailed_was_sent'),
        ),
        migrations.AddField(
            model_name='invitationmail',
            name='invitation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mail', to='recommendations.invitation'),
        ),
        migrations.AddConstraint(
            model_name='invitationmail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['claimed', 'handed', 'sent', 'failed'])), name='invitationmail_state_known'),
        ),
        migrations.AddConstraint(
            model_name='invitationmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='invitationmail_sent_at'),
        ),
    ]
