"""A scope of tokens more: values of indicators. No token that there is has it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0102_answers_to_requests'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='apitoken',
            name='apitoken_has_a_scope',
        ),
        migrations.AddField(
            model_name='apitoken',
            name='write_values',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='historicalapitoken',
            name='write_values',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('read_register', True), ('read_papers', True), ('write_updates', True), ('write_values', True), _connector='OR'), name='apitoken_has_a_scope'),
        ),
    ]
