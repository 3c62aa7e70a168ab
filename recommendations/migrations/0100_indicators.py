"""Indicators with their values by period, and as evidence of closures that held or slipped."""

import django.db.models.deletion
import django.db.models.functions.text
import recommendations.trail
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0099_action_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='DefinitionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('changed_on', models.DateField(verbose_name='first day of the new definition')),
                ('was', models.TextField(verbose_name='the definition before')),
                ('note', models.TextField(blank=True, verbose_name='what changed')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['changed_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDefinitionChange',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('changed_on', models.DateField(verbose_name='first day of the new definition')),
                ('was', models.TextField(verbose_name='the definition before')),
                ('note', models.TextField(blank=True, verbose_name='what changed')),
                ('recorded_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical definition change',
                'verbose_name_plural': 'historical definition changes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalIndicator',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('came_on', models.DateField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=160, verbose_name='what is counted')),
                ('definition', models.TextField(verbose_name='what counts, and what does not')),
                ('source', models.CharField(max_length=200, verbose_name='where the numbers come from')),
                ('unit', models.CharField(choices=[('number', 'Number'), ('percent', 'Percentage'), ('days', 'Days'), ('hours', 'Hours'), ('minutes', 'Minutes'), ('pounds', 'Pounds')], default='number', max_length=10)),
                ('better', models.CharField(choices=[('down', 'Lower'), ('up', 'Higher')], default='down', max_length=4, verbose_name='which is better')),
                ('every', models.CharField(choices=[('month', 'Every month'), ('quarter', 'Every quarter'), ('year', 'Every year')], max_length=10, verbose_name='how often it is counted')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='baseline')),
                ('baseline_on', models.DateField(blank=True, null=True, verbose_name='day of the baseline')),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='target')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='target to be reached by')),
                ('hides_small', models.BooleanField(default=False, verbose_name='show 1 to 4 as “fewer than 5”')),
                ('force_enters', models.BooleanField(default=False, verbose_name='the force enters values too')),
                ('recorded_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical indicator',
                'verbose_name_plural': 'historical indicators',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalIndicatorLink',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('recorded_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical indicator link',
                'verbose_name_plural': 'historical indicator links',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalIndicatorSheet',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical indicator sheet',
                'verbose_name_plural': 'historical indicator sheets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalIndicatorValue',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('start', models.DateField(verbose_name='first day')),
                ('end', models.DateField(verbose_name='last day')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                ('said_by', models.CharField(max_length=120, verbose_name='who said it')),
                ('recorded_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical indicator value',
                'verbose_name_plural': 'historical indicator values',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('came_on', models.DateField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=160, verbose_name='what is counted')),
                ('definition', models.TextField(verbose_name='what counts, and what does not')),
                ('source', models.CharField(max_length=200, verbose_name='where the numbers come from')),
                ('unit', models.CharField(choices=[('number', 'Number'), ('percent', 'Percentage'), ('days', 'Days'), ('hours', 'Hours'), ('minutes', 'Minutes'), ('pounds', 'Pounds')], default='number', max_length=10)),
                ('better', models.CharField(choices=[('down', 'Lower'), ('up', 'Higher')], default='down', max_length=4, verbose_name='which is better')),
                ('every', models.CharField(choices=[('month', 'Every month'), ('quarter', 'Every quarter'), ('year', 'Every year')], max_length=10, verbose_name='how often it is counted')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='baseline')),
                ('baseline_on', models.DateField(blank=True, null=True, verbose_name='day of the baseline')),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='target')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='target to be reached by')),
                ('hides_small', models.BooleanField(default=False, verbose_name='show 1 to 4 as “fewer than 5”')),
                ('force_enters', models.BooleanField(default=False, verbose_name='the force enters values too')),
                ('recorded_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['indicator', 'id'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-recorded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('start', models.DateField(verbose_name='first day')),
                ('end', models.DateField(verbose_name='last day')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='value')),
                ('said_by', models.CharField(max_length=120, verbose_name='who said it')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('indicator', 'start', '-recorded_at', '-id'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_has_one_source',
        ),
        migrations.AddField(
            model_name='definitionchange',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='definitionchange',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldefinitionchange',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldefinitionchange',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldefinitionchange',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicator',
            name='came_from',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.force'),
        ),
        migrations.AddField(
            model_name='historicalindicator',
            name='force',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.force'),
        ),
        migrations.AddField(
            model_name='historicalindicator',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicator',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicator',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorlink',
            name='commitment',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.commitment'),
        ),
        migrations.AddField(
            model_name='historicalindicatorlink',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorlink',
            name='tracked',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.trackedrecommendation'),
        ),
        migrations.AddField(
            model_name='historicalindicatorlink',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorsheet',
            name='force',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.force'),
        ),
        migrations.AddField(
            model_name='historicalindicatorsheet',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorsheet',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorsheet',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorvalue',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorvalue',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorvalue',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicator',
            name='came_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.force'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='recommendations.force'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicator',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorvalue',
            name='indicator',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='historicalindicatorlink',
            name='indicator',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='historicaldefinitionchange',
            name='indicator',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='definitionchange',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='indicator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='historicalevidence',
            name='indicator',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='historicalrecheck',
            name='shown_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.indicator', verbose_name='the indicator that shows it'),
        ),
        migrations.AddField(
            model_name='recheck',
            name='shown_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rechecks', to='recommendations.indicator', verbose_name='the indicator that shows it'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel_of__isnull', True), ('indicator__isnull', True), ('meeting__isnull', False), ('panel__isnull', True), ('visit__isnull', True)), models.Q(('channel_of__isnull', True), ('indicator__isnull', True), ('meeting__isnull', True), ('panel__isnull', True), ('visit__isnull', False)), models.Q(('channel_of__isnull', True), ('indicator__isnull', True), ('meeting__isnull', True), ('panel__isnull', False), ('visit__isnull', True)), models.Q(('channel_of__isnull', False), ('indicator__isnull', True), ('meeting__isnull', True), ('panel__isnull', True), ('visit__isnull', True)), models.Q(('channel_of__isnull', True), ('indicator__isnull', False), ('meeting__isnull', True), ('panel__isnull', True), ('visit__isnull', True)), _connector='OR'), name='evidence_has_one_source'),
        ),
        migrations.AddConstraint(
            model_name='recheck',
            constraint=models.CheckConstraint(condition=models.Q(('shown_by__isnull', True), models.Q(('saw', ''), _negated=True), _connector='OR'), name='recheck_shown_by_an_indicator_if_seen'),
        ),
        migrations.AddField(
            model_name='indicatorlink',
            name='commitment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_links', to='recommendations.commitment'),
        ),
        migrations.AddField(
            model_name='indicatorlink',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorlink',
            name='tracked',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_links', to='recommendations.trackedrecommendation'),
        ),
        migrations.AddField(
            model_name='indicatorlink',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicatorsheet',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.force'),
        ),
        migrations.AddField(
            model_name='indicatorsheet',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicatorsheet',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalindicatorvalue',
            name='sheet',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.indicatorsheet'),
        ),
        migrations.AddField(
            model_name='indicatorvalue',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='recommendations.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorvalue',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicatorvalue',
            name='sheet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='values', to='recommendations.indicatorsheet'),
        ),
        migrations.AddField(
            model_name='indicatorvalue',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='indicator_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('came_from__isnull', True), ('came_on__isnull', True)), models.Q(('came_from__isnull', False), ('came_on__isnull', False)), _connector='OR'), name='indicator_came_from_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(models.F('force'), django.db.models.functions.text.Lower('name'), condition=models.Q(('withdrawn_at__isnull', True)), name='indicator_once_per_force'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('definition', ''), _negated=True)), name='indicator_has_words'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['number', 'percent', 'days', 'hours', 'minutes', 'pounds'])), name='indicator_unit_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('better__in', ['down', 'up'])), name='indicator_better_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('every__in', ['month', 'quarter', 'year'])), name='indicator_every_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('baseline__isnull', True), ('baseline_on__isnull', True)), models.Q(('baseline__isnull', False), ('baseline_on__isnull', False)), _connector='OR'), name='indicator_baseline_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target__isnull', True), ('target_on__isnull', True)), models.Q(('target__isnull', False), ('target_on__isnull', False)), _connector='OR'), name='indicator_target_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='definitionchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='definitionchange_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='definitionchange',
            constraint=models.CheckConstraint(condition=models.Q(('was', ''), _negated=True), name='definitionchange_says_from_what'),
        ),
        migrations.AddConstraint(
            model_name='indicatorlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='indicatorlink_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='indicatorlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', True), ('tracked__isnull', False)), models.Q(('commitment__isnull', False), ('tracked__isnull', True)), _connector='OR'), name='indicatorlink_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='indicatorlink',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('indicator', 'tracked'), name='indicatorlink_once'),
        ),
        migrations.AddConstraint(
            model_name='indicatorlink',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('indicator', 'commitment'), name='indicatorlink_commitment_once'),
        ),
        migrations.AddConstraint(
            model_name='indicatorsheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='indicatorsheet_withdrawn_says_why'),
        ),
        migrations.AddIndex(
            model_name='indicatorvalue',
            index=models.Index(fields=['indicator', '-end', '-recorded_at', '-id'], name='indicatorvalue_latest'),
        ),
        migrations.AddConstraint(
            model_name='indicatorvalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='indicatorvalue_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='indicatorvalue',
            constraint=models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='indicatorvalue_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='indicatorvalue',
            constraint=models.CheckConstraint(condition=models.Q(('said_by', ''), _negated=True), name='indicatorvalue_says_who'),
        ),
    ]
