"""Actions, and the sections that an office has switched on among those that start off."""

import django.db.models.deletion
import recommendations.trail
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0097_cover_since'),
    ]

    operations = [
        migrations.AddField(
            model_name='officeuse',
            name='sections_on',
            field=models.TextField(blank=True, help_text='The names of those on among the sections that start off.'),
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('came_on', models.DateField(blank=True, editable=False, null=True)),
                ('voice', models.CharField(choices=[('force', 'Force'), ('office', 'OPCC')], max_length=6, verbose_name='who does it')),
                ('words', models.TextField(verbose_name='what is to be done')),
                ('recorded_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('came_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.force')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='recommendations.force')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ActionLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='recommendations.action')),
                ('tracked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_links', to='recommendations.trackedrecommendation')),
            ],
            options={
                'ordering': ['action', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ActionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='day')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('to_do', 'To do'), ('under_way', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], default='to_do', max_length=10)),
                ('owner', models.CharField(max_length=120)),
                ('due_on', models.DateField(verbose_name='to be done by')),
                ('waits_words', models.CharField(blank=True, max_length=300, verbose_name='what else it waits for')),
                ('note', models.TextField(blank=True, verbose_name='what was done, or why')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='recommendations.action')),
                ('owner_person', models.ForeignKey(blank=True, help_text='The owner’s account.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('waits_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_up', to='recommendations.action')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['action', '-effective_on', '-recorded_at', '-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalAction',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('came_on', models.DateField(blank=True, editable=False, null=True)),
                ('voice', models.CharField(choices=[('force', 'Force'), ('office', 'OPCC')], max_length=6, verbose_name='who does it')),
                ('words', models.TextField(verbose_name='what is to be done')),
                ('recorded_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('came_from', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.force')),
                ('force', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.force')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical action',
                'verbose_name_plural': 'historical actions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalActionLink',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.action')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tracked', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.trackedrecommendation')),
            ],
            options={
                'verbose_name': 'historical action link',
                'verbose_name_plural': 'historical action links',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalActionRow',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('effective_on', models.DateField(verbose_name='day')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('to_do', 'To do'), ('under_way', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], default='to_do', max_length=10)),
                ('owner', models.CharField(max_length=120)),
                ('due_on', models.DateField(verbose_name='to be done by')),
                ('waits_words', models.CharField(blank=True, max_length=300, verbose_name='what else it waits for')),
                ('note', models.TextField(blank=True, verbose_name='what was done, or why')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.action')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner_person', models.ForeignKey(blank=True, db_constraint=False, help_text='The owner’s account.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('waits_for', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.action')),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical action row',
                'verbose_name_plural': 'historical action rows',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='action_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('came_from__isnull', True), ('came_on__isnull', True)), models.Q(('came_from__isnull', False), ('came_on__isnull', False)), _connector='OR'), name='action_came_from_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='action_says_what'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('voice__in', ['force', 'office'])), name='action_voice_known'),
        ),
        migrations.AddConstraint(
            model_name='actionlink',
            constraint=models.UniqueConstraint(fields=('action', 'tracked'), name='actionlink_once'),
        ),
        migrations.AddIndex(
            model_name='actionrow',
            index=models.Index(fields=['action', '-effective_on', '-recorded_at', '-id'], name='actionrow_latest'),
        ),
        migrations.AddConstraint(
            model_name='actionrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='actionrow_withdrawn_with_reason', violation_error_message='Give a reason for the withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='actionrow',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_by__isnull', True), ('withdrawn_at__isnull', False), _connector='OR'), name='actionrow_withdrawn_by_at'),
        ),
        migrations.AddConstraint(
            model_name='actionrow',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('withdrawn_at__gte', models.F('recorded_at')), _connector='OR'), name='actionrow_withdrawn_after_recorded'),
        ),
        migrations.AddConstraint(
            model_name='actionrow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_do', 'under_way', 'done', 'dropped'])), name='actionrow_state_known'),
        ),
        migrations.AddConstraint(
            model_name='actionrow',
            constraint=models.CheckConstraint(condition=models.Q(('owner', ''), _negated=True), name='actionrow_has_an_owner'),
        ),
        migrations.AddConstraint(
            model_name='actionrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='actionrow_dropped_says_why'),
        ),
        migrations.AddConstraint(
            model_name='actionrow',
            constraint=models.CheckConstraint(condition=models.Q(('waits_for', None), models.Q(('waits_for', models.F('action')), _negated=True), _connector='OR'), name='actionrow_waits_for_another'),
        ),
    ]
