"""Parts of recommendations that are closed one by one, and what is said where a force does not accept one.

How everything stands is derived again when all migrations are done (models/register/standing.py, rebuild_if_empty).
"""

import django.db.models.deletion
import django.db.models.functions.comparison
import recommendations.trail
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def empty_standing(apps, schema_editor):
    apps.get_model("recommendations", "Standing").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0065_rechecks'),
    ]

    operations = [
        migrations.RunPython(empty_standing, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='day')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='')),
                ('step', models.CharField(choices=[('reason', 'Reason of the force'), ('reply', 'Reply to the force'), ('decision', 'Decision of the office')], max_length=12)),
                ('text', models.TextField(verbose_name='what was said')),
                ('said_by', models.CharField(blank=True, max_length=120, verbose_name='said by')),
                ('decision', models.CharField(blank=True, choices=[('agrees', 'Agrees with the force'), ('disagrees', 'Does not agree with the force')], max_length=12, verbose_name='decision')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='review on')),
            ],
            options={
                'verbose_name': 'step of a dispute',
                'verbose_name_plural': 'steps of disputes',
                'ordering': ['-effective_on', '-recorded_at', '-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalDispute',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('effective_on', models.DateField(verbose_name='day')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='')),
                ('step', models.CharField(choices=[('reason', 'Reason of the force'), ('reply', 'Reply to the force'), ('decision', 'Decision of the office')], max_length=12)),
                ('text', models.TextField(verbose_name='what was said')),
                ('said_by', models.CharField(blank=True, max_length=120, verbose_name='said by')),
                ('decision', models.CharField(blank=True, choices=[('agrees', 'Agrees with the force'), ('disagrees', 'Does not agree with the force')], max_length=12, verbose_name='decision')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='review on')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical step of a dispute',
                'verbose_name_plural': 'historical steps of disputes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPartDischarged',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('state', models.CharField(choices=[('requested', 'Closure requested'), ('declined', 'Closure not approved'), ('closed', 'Closed'), ('reopened', 'Reopened')], default='requested', max_length=12)),
                ('requested_on', models.DateField()),
                ('requested_at', models.DateTimeField()),
                ('request_reason', models.TextField(verbose_name='what was done')),
                ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_reason', models.TextField(blank=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('reopened_on', models.DateField(blank=True, null=True)),
                ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ('reopened_why', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical part done',
                'verbose_name_plural': 'historical parts done',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PartDischarged',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('requested', 'Closure requested'), ('declined', 'Closure not approved'), ('closed', 'Closed'), ('reopened', 'Reopened')], default='requested', max_length=12)),
                ('requested_on', models.DateField()),
                ('requested_at', models.DateTimeField()),
                ('request_reason', models.TextField(verbose_name='what was done')),
                ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_reason', models.TextField(blank=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('reopened_on', models.DateField(blank=True, null=True)),
                ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ('reopened_why', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'part done',
                'verbose_name_plural': 'parts done',
                'ordering': ['-requested_at', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='reminderitem',
            name='reminderitem_is_whole',
        ),
        migrations.RemoveConstraint(
            model_name='reminderrule',
            name='reminderrule_topic_known',
        ),
        migrations.RemoveConstraint(
            model_name='reminderswitch',
            name='reminderswitch_topic_known',
        ),
        migrations.AddField(
            model_name='standing',
            name='dispute_decision',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='standing',
            name='dispute_review_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='parts',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='standing',
            name='parts_done',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='historicalreminderrule',
            name='topic',
            field=models.CharField(choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AlterField(
            model_name='reminderitem',
            name='topic',
            field=models.CharField(blank=True, choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AlterField(
            model_name='reminderrule',
            name='topic',
            field=models.CharField(choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AlterField(
            model_name='reminderswitch',
            name='topic',
            field=models.CharField(choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='reminderitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about_on__isnull', True), ('round__isnull', False), ('step', ''), ('subject__isnull', True), ('topic', ''), models.Q(('kind', ''), _negated=True)), models.Q(('about_on__isnull', False), ('kind', ''), ('round__isnull', True), ('subject__isnull', False), ('topic__in', ('response', 'closure', 'approval', 'paper', 'returned', 'target', 'commitment', 'assurance', 'dispute', 'recheck')), models.Q(('step', ''), _negated=True)), _connector='OR'), name='reminderitem_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reminderrule',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ('response', 'closure', 'approval', 'paper', 'returned', 'target', 'commitment', 'assurance', 'dispute', 'recheck'))), name='reminderrule_topic_known'),
        ),
        migrations.AddConstraint(
            model_name='reminderswitch',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['response', 'closure', 'approval', 'paper', 'returned', 'target', 'commitment', 'assurance', 'dispute', 'recheck', 'round'])), name='reminderswitch_topic_known'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dispute',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dispute',
            name='tracked',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='recommendations.trackedrecommendation'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldispute',
            name='asked_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldispute',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldispute',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldispute',
            name='tracked',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.trackedrecommendation'),
        ),
        migrations.AddField(
            model_name='historicaldispute',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpartdischarged',
            name='closed_with',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.closure'),
        ),
        migrations.AddField(
            model_name='historicalpartdischarged',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpartdischarged',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpartdischarged',
            name='part',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.subrecommendation'),
        ),
        migrations.AddField(
            model_name='historicalpartdischarged',
            name='reopened_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpartdischarged',
            name='requested_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpartdischarged',
            name='tracked',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.trackedrecommendation'),
        ),
        migrations.AddField(
            model_name='partdischarged',
            name='closed_with',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='recommendations.closure'),
        ),
        migrations.AddField(
            model_name='partdischarged',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partdischarged',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discharged', to='recommendations.subrecommendation'),
        ),
        migrations.AddField(
            model_name='partdischarged',
            name='reopened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partdischarged',
            name='requested_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partdischarged',
            name='tracked',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts_discharged', to='recommendations.trackedrecommendation'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(fields=['tracked', '-effective_on', '-recorded_at', '-id'], name='dispute_latest'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='dispute_withdrawn_with_reason', violation_error_message='Give a reason for the withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_by__isnull', True), ('withdrawn_at__isnull', False), _connector='OR'), name='dispute_withdrawn_by_at'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('withdrawn_at__gte', models.F('recorded_at')), _connector='OR'), name='dispute_withdrawn_after_recorded'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='dispute_says_what'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['agrees', 'disagrees']), ('step', 'decision')), models.Q(models.Q(('step', 'decision'), _negated=True), ('asked_by__isnull', True), ('decision', ''), ('review_on__isnull', True)), _connector='OR'), name='dispute_decision_decides'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_by__isnull', True), ('asked_by__isnull', True), models.Q(('recorded_by', models.F('asked_by')), _negated=True), _connector='OR'), name='dispute_decided_by_another', violation_error_message='The person who recorded the reason of the force cannot decide on it.'),
        ),
        migrations.AddConstraint(
            model_name='partdischarged',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['requested', 'closed'])), fields=('tracked', 'part'), name='part_discharged_one_at_a_time', violation_error_message='Closure of this part was asked for already.'),
        ),
        migrations.AddConstraint(
            model_name='partdischarged',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('requested_by__isnull', True), models.Q(('decided_by', models.F('requested_by')), _negated=True), _connector='OR'), name='part_discharged_decided_by_another', violation_error_message='The person who asked to close the part cannot decide it.'),
        ),
        migrations.AddConstraint(
            model_name='partdischarged',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('decided_at__isnull', True), ('decided_on__isnull', True), ('reopened_on__isnull', True), ('state', 'requested')), models.Q(('closed_on__isnull', True), ('decided_at__isnull', False), ('decided_on__isnull', False), ('reopened_on__isnull', True), ('state', 'declined')), models.Q(('closed_on__isnull', False), ('decided_at__isnull', False), ('decided_on__isnull', False), ('reopened_on__isnull', True), ('state', 'closed')), models.Q(('closed_on__isnull', False), ('decided_at__isnull', False), ('decided_on__isnull', False), ('reopened_on__isnull', False), ('state', 'reopened')), _connector='OR'), name='part_discharged_state_has_its_stamps'),
        ),
        migrations.AddConstraint(
            model_name='partdischarged',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reopened_at__isnull', True), ('reopened_on__isnull', True), ('reopened_why', '')), models.Q(('reopened_at__isnull', False), ('reopened_on__isnull', False), models.Q(('reopened_why', ''), _negated=True)), _connector='OR'), name='part_discharged_reopened_on_at'),
        ),
        migrations.AddConstraint(
            model_name='partdischarged',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), models.Q(('closed_on__lte', django.db.models.functions.comparison.Coalesce(models.F('reopened_on'), models.F('closed_on'))), ('closed_on__lte', models.F('decided_on'))), _connector='OR'), name='part_discharged_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='partdischarged',
            constraint=models.CheckConstraint(condition=models.Q(('request_reason', ''), _negated=True), name='part_discharged_says_what'),
        ),
        migrations.AddConstraint(
            model_name='partdischarged',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='part_discharged_declined_says_why'),
        ),
    ]
