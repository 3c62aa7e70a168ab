"""Reminders of actions: a topic more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0098_actions'),
    ]

    operations = [
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
        migrations.AlterField(
            model_name='historicalreminderrule',
            name='topic',
            field=models.CharField(choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('action', 'Action to be done'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AlterField(
            model_name='reminderitem',
            name='topic',
            field=models.CharField(blank=True, choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('action', 'Action to be done'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AlterField(
            model_name='reminderrule',
            name='topic',
            field=models.CharField(choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('action', 'Action to be done'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AlterField(
            model_name='reminderswitch',
            name='topic',
            field=models.CharField(choices=[('response', 'Last day to respond to a report'), ('closure', 'Closure that waits for a decision'), ('approval', 'Response that waits for approval'), ('paper', 'Paper that waits to be finalised'), ('returned', 'Closure that was not approved'), ('target', 'Target date'), ('action', 'Action to be done'), ('commitment', 'Commitment to check'), ('assurance', 'Assurance to look at again'), ('dispute', 'Decision on a dispute to review'), ('recheck', 'Closure to look at again'), ('round', 'Update rounds')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='reminderitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about_on__isnull', True), ('round__isnull', False), ('step', ''), ('subject__isnull', True), ('topic', ''), models.Q(('kind', ''), _negated=True)), models.Q(('about_on__isnull', False), ('kind', ''), ('round__isnull', True), ('subject__isnull', False), ('topic__in', ('response', 'closure', 'approval', 'paper', 'returned', 'target', 'action', 'commitment', 'assurance', 'dispute', 'recheck')), models.Q(('step', ''), _negated=True)), _connector='OR'), name='reminderitem_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reminderrule',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ('response', 'closure', 'approval', 'paper', 'returned', 'target', 'action', 'commitment', 'assurance', 'dispute', 'recheck'))), name='reminderrule_topic_known'),
        ),
        migrations.AddConstraint(
            model_name='reminderswitch',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['response', 'closure', 'approval', 'paper', 'returned', 'target', 'action', 'commitment', 'assurance', 'dispute', 'recheck', 'round'])), name='reminderswitch_topic_known'),
        ),
    ]
