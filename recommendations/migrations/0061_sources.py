"""Sources and their law: every report on record is mapped by its kind.

No verb and no entry of the trail: an entry names the columns that a verb changed, and these are new.
"""

import django.db.models.deletion
import recommendations.trail
import simple_history.models
from django.conf import settings
from django.db import migrations, models

STATED = {"answerer": "stated", "clock_start": "stated", "last_day_name": "Stated last day"}
FIRE = {"answerer": "fire_authority", "clock_start": "none", "last_day_name": "Last day"}


def map_kinds(apps, schema_editor):
    """Every report on record, and its history, has the source and the rule that its kind and its days say."""
    for name in ("Inspection", "HistoricalInspection"):
        rows = apps.get_model("recommendations", name).objects.all()
        outside = models.Q(respond_by__isnull=False) | models.Q(section_55=False)
        rows.filter(kind__in=("custody", "joint_thematic")).update(basis="joint")
        rows.filter(kind="progress_letter").update(basis="accelerated")
        rows.filter(outside).update(basis="hmicfrs-other", **STATED)
        rows.filter(kind="super_complaint").update(source="super-complaint", basis="super-complaint", **STATED)
        rows.filter(kind="fire").update(source="fire", basis="fire", **FIRE)


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0060_webhooks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Basis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.SlugField(max_length=40)),
                ('key', models.SlugField(max_length=40)),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True)),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
                ('name', models.CharField(max_length=80)),
                ('law', models.CharField(blank=True, max_length=200, verbose_name='law or practice')),
                ('answerer', models.CharField(choices=[('policing_body', 'Policing body'), ('chief_officer', 'Chief officer'), ('fire_authority', 'Fire authority'), ('stated', 'As stated'), ('nobody', 'No one')], max_length=20, verbose_name='who answers')),
                ('clock_start', models.CharField(choices=[('published', 'The day of publication'), ('made', 'The day it was made'), ('sent', 'The day it was sent'), ('received', 'The day it was received'), ('stated', 'The last day is stated or agreed'), ('none', 'No day is counted')], max_length=12, verbose_name='what starts the clock')),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('first_day_counts', models.BooleanField(default=True, verbose_name='the first day counts')),
                ('extendable', models.BooleanField(default=False, verbose_name='more time can be given')),
                ('extended_by', models.CharField(blank=True, max_length=80, verbose_name='by whom')),
                ('extension_within', models.BooleanField(default=False, verbose_name='asked for within the period')),
                ('stopped_by', models.CharField(blank=True, max_length=80, verbose_name='what stops the clock')),
                ('answer_to', models.CharField(blank=True, max_length=80, verbose_name='the answer goes to')),
                ('published_by', models.CharField(blank=True, max_length=80, verbose_name='who publishes it')),
                ('publish_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='within how many days')),
                ('section_55', models.BooleanField(default=False, editable=False, verbose_name='under section 55')),
                ('about_deaths', models.BooleanField(default=False, verbose_name='about deaths')),
                ('may_refuse', models.BooleanField(default=True, verbose_name='can be “not accepted”')),
                ('read_verbatim', models.BooleanField(default=False, verbose_name='the law was read word for word')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('last_day_name', models.CharField(default='Last day', max_length=40, verbose_name='what the last day is called')),
                ('page_words', models.TextField(blank=True, verbose_name='words for pages')),
                ('letter_words', models.TextField(blank=True, verbose_name='words for letters')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'bases',
                'ordering': ['source', 'key', '-since', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('asked_on', models.DateField()),
                ('asked_of', models.CharField(help_text='Who may give more time.', max_length=80)),
                ('why', models.TextField(blank=True)),
                ('day_before', models.DateField(blank=True, help_text='The last day when it was granted.', null=True)),
                ('answer', models.CharField(blank=True, choices=[('granted', 'Granted'), ('refused', 'Refused')], max_length=10)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('new_day', models.DateField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['inspection', 'asked_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalBasis',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('source', models.SlugField(max_length=40)),
                ('key', models.SlugField(max_length=40)),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True)),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
                ('name', models.CharField(max_length=80)),
                ('law', models.CharField(blank=True, max_length=200, verbose_name='law or practice')),
                ('answerer', models.CharField(choices=[('policing_body', 'Policing body'), ('chief_officer', 'Chief officer'), ('fire_authority', 'Fire authority'), ('stated', 'As stated'), ('nobody', 'No one')], max_length=20, verbose_name='who answers')),
                ('clock_start', models.CharField(choices=[('published', 'The day of publication'), ('made', 'The day it was made'), ('sent', 'The day it was sent'), ('received', 'The day it was received'), ('stated', 'The last day is stated or agreed'), ('none', 'No day is counted')], max_length=12, verbose_name='what starts the clock')),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('first_day_counts', models.BooleanField(default=True, verbose_name='the first day counts')),
                ('extendable', models.BooleanField(default=False, verbose_name='more time can be given')),
                ('extended_by', models.CharField(blank=True, max_length=80, verbose_name='by whom')),
                ('extension_within', models.BooleanField(default=False, verbose_name='asked for within the period')),
                ('stopped_by', models.CharField(blank=True, max_length=80, verbose_name='what stops the clock')),
                ('answer_to', models.CharField(blank=True, max_length=80, verbose_name='the answer goes to')),
                ('published_by', models.CharField(blank=True, max_length=80, verbose_name='who publishes it')),
                ('publish_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='within how many days')),
                ('section_55', models.BooleanField(default=False, editable=False, verbose_name='under section 55')),
                ('about_deaths', models.BooleanField(default=False, verbose_name='about deaths')),
                ('may_refuse', models.BooleanField(default=True, verbose_name='can be “not accepted”')),
                ('read_verbatim', models.BooleanField(default=False, verbose_name='the law was read word for word')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('last_day_name', models.CharField(default='Last day', max_length=40, verbose_name='what the last day is called')),
                ('page_words', models.TextField(blank=True, verbose_name='words for pages')),
                ('letter_words', models.TextField(blank=True, verbose_name='words for letters')),
                ('recorded_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical basis',
                'verbose_name_plural': 'historical bases',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalExtension',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_why', models.TextField(blank=True, default='', editable=False)),
                ('asked_on', models.DateField()),
                ('asked_of', models.CharField(help_text='Who may give more time.', max_length=80)),
                ('why', models.TextField(blank=True)),
                ('day_before', models.DateField(blank=True, help_text='The last day when it was granted.', null=True)),
                ('answer', models.CharField(blank=True, choices=[('granted', 'Granted'), ('refused', 'Refused')], max_length=10)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('new_day', models.DateField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('recorded_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical extension',
                'verbose_name_plural': 'historical extensions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSource',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_actor', models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200)),
                ('key', models.SlugField(max_length=40)),
                ('name', models.CharField(help_text='As it is chosen: IOPC learning recommendation.', max_length=60)),
                ('word', models.CharField(help_text='For labels, columns and sentences: IOPC.', max_length=24, verbose_name='short name')),
                ('initial', models.CharField(help_text='On the tile of what it says: I.', max_length=2)),
                ('kind', models.CharField(choices=[('hmicfrs', 'HMICFRS'), ('super_complaint', 'Super-complaint'), ('fire', 'Fire and rescue inspection'), ('iopc', 'IOPC'), ('coroner', 'Coroner'), ('audit', 'Internal audit'), ('ico', 'Information Commissioner’s Office'), ('review', 'Safeguarding or homicide review'), ('inquiry', 'Inquiry'), ('direction', 'Direction to a force'), ('other', 'Other')], default='other', max_length=20)),
                ('publication', models.CharField(default='report', help_text='As in “the report was published”.', max_length=60, verbose_name='one of its publications')),
                ('publications', models.CharField(default='reports', max_length=60, verbose_name='several of them')),
                ('since', models.DateField(blank=True, null=True, verbose_name='followed since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='followed until')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical source',
                'verbose_name_plural': 'historical sources',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(help_text='As it is chosen: IOPC learning recommendation.', max_length=60)),
                ('word', models.CharField(help_text='For labels, columns and sentences: IOPC.', max_length=24, verbose_name='short name')),
                ('initial', models.CharField(help_text='On the tile of what it says: I.', max_length=2)),
                ('kind', models.CharField(choices=[('hmicfrs', 'HMICFRS'), ('super_complaint', 'Super-complaint'), ('fire', 'Fire and rescue inspection'), ('iopc', 'IOPC'), ('coroner', 'Coroner'), ('audit', 'Internal audit'), ('ico', 'Information Commissioner’s Office'), ('review', 'Safeguarding or homicide review'), ('inquiry', 'Inquiry'), ('direction', 'Direction to a force'), ('other', 'Other')], default='other', max_length=20)),
                ('publication', models.CharField(default='report', help_text='As in “the report was published”.', max_length=60, verbose_name='one of its publications')),
                ('publications', models.CharField(default='reports', max_length=60, verbose_name='several of them')),
                ('since', models.DateField(blank=True, null=True, verbose_name='followed since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='followed until')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='answerer',
            field=models.CharField(choices=[('policing_body', 'Policing body'), ('chief_officer', 'Chief officer'), ('fire_authority', 'Fire authority'), ('stated', 'As stated'), ('nobody', 'No one')], default='policing_body', max_length=20, verbose_name='who answers'),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='basis',
            field=models.SlugField(default='section-55', max_length=40),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='clock_start',
            field=models.CharField(choices=[('published', 'The day of publication'), ('made', 'The day it was made'), ('sent', 'The day it was sent'), ('received', 'The day it was received'), ('stated', 'The last day is stated or agreed'), ('none', 'No day is counted')], default='published', max_length=12, verbose_name='what starts the clock'),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='extended_to',
            field=models.DateField(blank=True, help_text='The last day since more time was given.', null=True),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='first_day_counts',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='last_day_name',
            field=models.CharField(default='Last lawful day', max_length=40),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='made_to',
            field=models.CharField(blank=True, max_length=200, verbose_name='made or sent to'),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='publication',
            field=models.CharField(default='report', max_length=60),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='source',
            field=models.SlugField(default='hmicfrs', max_length=40),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='source_initial',
            field=models.CharField(default='H', max_length=2),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='source_reference',
            field=models.CharField(blank=True, max_length=60, verbose_name='the source’s reference'),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='source_word',
            field=models.CharField(default='HMICFRS', max_length=24),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='starts_on',
            field=models.DateField(blank=True, help_text='The day that starts the clock outside section 55. Empty: none is counted.', null=True),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='stopped_from',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='stopped_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='inspection',
            name='answerer',
            field=models.CharField(choices=[('policing_body', 'Policing body'), ('chief_officer', 'Chief officer'), ('fire_authority', 'Fire authority'), ('stated', 'As stated'), ('nobody', 'No one')], default='policing_body', max_length=20, verbose_name='who answers'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='basis',
            field=models.SlugField(default='section-55', max_length=40),
        ),
        migrations.AddField(
            model_name='inspection',
            name='clock_start',
            field=models.CharField(choices=[('published', 'The day of publication'), ('made', 'The day it was made'), ('sent', 'The day it was sent'), ('received', 'The day it was received'), ('stated', 'The last day is stated or agreed'), ('none', 'No day is counted')], default='published', max_length=12, verbose_name='what starts the clock'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='extended_to',
            field=models.DateField(blank=True, help_text='The last day since more time was given.', null=True),
        ),
        migrations.AddField(
            model_name='inspection',
            name='first_day_counts',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='inspection',
            name='last_day_name',
            field=models.CharField(default='Last lawful day', max_length=40),
        ),
        migrations.AddField(
            model_name='inspection',
            name='made_to',
            field=models.CharField(blank=True, max_length=200, verbose_name='made or sent to'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='publication',
            field=models.CharField(default='report', max_length=60),
        ),
        migrations.AddField(
            model_name='inspection',
            name='source',
            field=models.SlugField(default='hmicfrs', max_length=40),
        ),
        migrations.AddField(
            model_name='inspection',
            name='source_initial',
            field=models.CharField(default='H', max_length=2),
        ),
        migrations.AddField(
            model_name='inspection',
            name='source_reference',
            field=models.CharField(blank=True, max_length=60, verbose_name='the source’s reference'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='source_word',
            field=models.CharField(default='HMICFRS', max_length=24),
        ),
        migrations.AddField(
            model_name='inspection',
            name='starts_on',
            field=models.DateField(blank=True, help_text='The day that starts the clock outside section 55. Empty: none is counted.', null=True),
        ),
        migrations.AddField(
            model_name='inspection',
            name='stopped_from',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='inspection',
            name='stopped_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ('hmicfrs', 'super-complaint', 'fire')), models.Q(('kind', 'other'), ('section_55', False)), _connector='OR'), name='inspection_other_source_outside_55'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('respond_by__isnull', True), _connector='OR'), name='inspection_counts_outside_55', violation_error_message='The last day is counted or stated, not both.'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_until__isnull', True), models.Q(('stopped_from__isnull', False), ('stopped_until__gte', models.F('stopped_from'))), _connector='OR'), name='inspection_stopped_in_order', violation_error_message='The clock cannot run again before it was stopped.'),
        ),
        migrations.AddField(
            model_name='basis',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='recommendations.inspection'),
        ),
        migrations.AddField(
            model_name='extension',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalbasis',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalbasis',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalextension',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalextension',
            name='inspection',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.inspection'),
        ),
        migrations.AddField(
            model_name='historicalextension',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalextension',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('word', ''), _negated=True), models.Q(('initial', ''), _negated=True), models.Q(('publication', ''), _negated=True)), name='source_says_what_it_is'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='source_until_after_since', violation_error_message='The last day is before the first.'),
        ),
        migrations.AddConstraint(
            model_name='basis',
            constraint=models.UniqueConstraint(fields=('key', 'since'), name='basis_once_a_day', violation_error_message='This rule was changed from that day already. Enter a later day.'),
        ),
        migrations.AddConstraint(
            model_name='basis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('clock_start__in', ('published', 'made', 'sent', 'received')), ('days__gte', 1)), models.Q(models.Q(('clock_start__in', ('published', 'made', 'sent', 'received')), _negated=True), ('days__isnull', True)), _connector='OR'), name='basis_counts_days', violation_error_message='Enter the number of days where a day starts the clock, and none where not.'),
        ),
        migrations.AddConstraint(
            model_name='basis',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='basis_confirmed_at'),
        ),
        migrations.AddConstraint(
            model_name='basis',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='basis_until_after_since'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='extension_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='extension_answered_on'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'granted'), ('new_day__isnull', False)), models.Q(models.Q(('answer', 'granted'), _negated=True), ('new_day__isnull', True)), _connector='OR'), name='extension_granted_has_new_day'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), ('answered_on__gte', models.F('asked_on')), _connector='OR'), name='extension_answered_after_asked'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', ''), ('withdrawn_at__isnull', True)), fields=('inspection',), name='extension_one_asked', violation_error_message='More time is asked for already, and not answered.'),
        ),
        migrations.RunPython(map_kinds, migrations.RunPython.noop),
    ]
