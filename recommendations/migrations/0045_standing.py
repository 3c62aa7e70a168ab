"""How each recommendation stands, for any day, in one table; what the tracked recommendation had of it goes.

The rows are derived when all migrations are done (models/register/standing.py, rebuild_if_empty).
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0044_security_events'),
    ]

    operations = [
        # It can't be undone: what goes is derived, and an earlier version would find it empty. Restore the backup.
        migrations.RunPython(migrations.RunPython.noop),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('withdrawn', models.BooleanField()),
                ('reference', models.CharField(max_length=30)),
                ('chief_officer_lead', models.CharField(blank=True, max_length=120)),
                ('opcc_lead', models.CharField(blank=True, max_length=120)),
                ('tracked_on', models.DateField()),
                ('kind', models.CharField(max_length=30)),
                ('directed_to_force', models.BooleanField()),
                ('deadline_kind', models.CharField(max_length=10)),
                ('deadline_on', models.DateField(null=True)),
                ('position', models.CharField(blank=True, max_length=20)),
                ('stage', models.CharField(max_length=40)),
                ('last_update_on', models.DateField(null=True)),
                ('forecast_on', models.DateField(null=True)),
                ('first_target_on', models.DateField(null=True)),
                ('target_on', models.DateField(null=True)),
                ('target_moves', models.PositiveIntegerField()),
                ('assurance', models.CharField(blank=True, max_length=20)),
                ('assurance_on', models.DateField(null=True)),
                ('revisit_on', models.DateField(null=True)),
                ('inspectorate_status', models.CharField(blank=True, max_length=40)),
                ('inspectorate_status_on', models.DateField(null=True)),
                ('closure_requested_on', models.DateField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('restricted', models.BooleanField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='span',
            name='span_standing',
        ),
        migrations.RemoveConstraint(
            model_name='span',
            name='span_once',
        ),
        migrations.RemoveConstraint(
            model_name='trackedrecommendation',
            name='tracked_closed_with_outcome',
        ),
        migrations.RemoveConstraint(
            model_name='trackedrecommendation',
            name='tracked_target_has_first',
        ),
        migrations.RemoveConstraint(
            model_name='trackedrecommendation',
            name='tracked_not_pending_and_closed',
        ),
        migrations.RemoveIndex(
            model_name='trackedrecommendation',
            name='tracked_open_by_force',
        ),
        migrations.RemoveIndex(
            model_name='trackedrecommendation',
            name='tracked_open_by_lead',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='assurance',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='assurance_on',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='closed_on',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='closure_requested_on',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='first_target_on',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='forecast_on',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='inspectorate_status',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='inspectorate_status_on',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='last_update_on',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='outcome',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='position',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='stage',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='target_moves',
        ),
        migrations.RemoveField(
            model_name='historicaltrackedrecommendation',
            name='target_on',
        ),
        migrations.AddField(
            model_name='standing',
            name='cause',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.recommendation'),
        ),
        migrations.AddField(
            model_name='standing',
            name='force',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.force'),
        ),
        migrations.AddField(
            model_name='standing',
            name='tracked',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='standings', to='recommendations.trackedrecommendation'),
        ),
        migrations.RemoveField(
            model_name='span',
            name='cause',
        ),
        migrations.RemoveField(
            model_name='span',
            name='force',
        ),
        migrations.RemoveField(
            model_name='span',
            name='tracked',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='assurance',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='assurance_on',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='closed_on',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='closure_requested_on',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='first_target_on',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='forecast_on',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='inspectorate_status',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='inspectorate_status_on',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='last_update_on',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='outcome',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='position',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='stage',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='target_moves',
        ),
        migrations.RemoveField(
            model_name='trackedrecommendation',
            name='target_on',
        ),
        migrations.AddIndex(
            model_name='trackedrecommendation',
            index=models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['opcc_lead', 'force'], name='tracked_opcc_lead'),
        ),
        migrations.AddIndex(
            model_name='trackedrecommendation',
            index=models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['chief_officer_lead', 'force'], name='tracked_chief_officer_lead'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('withdrawn', False)), fields=['until', 'force'], include=('since', 'tracked', 'reference', 'kind', 'cause', 'directed_to_force', 'deadline_kind', 'deadline_on', 'position', 'stage', 'tracked_on', 'last_update_on', 'forecast_on', 'first_target_on', 'revisit_on', 'closure_requested_on', 'closed_on'), name='standing_counts'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(fields=('tracked', 'since'), name='standing_once'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('outcome', '')), models.Q(('closed_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='standing_closed_with_outcome'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_target_on__isnull', True), ('target_moves', 0), ('target_on__isnull', True)), models.Q(('first_target_on__isnull', False), ('target_on__isnull', False)), _connector='OR'), name='standing_target_has_first'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closure_requested_on__isnull', True), _connector='OR'), name='standing_not_pending_and_closed'),
        ),
        migrations.DeleteModel(
            name='Span',
        ),
    ]
