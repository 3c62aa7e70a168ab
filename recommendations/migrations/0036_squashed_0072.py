"""The tables of 0.2.0 become those of today in one go: what 0036 to 0072 do one by one.

A database that has some of them goes through the rest. The operations are theirs, so they stay as long as this one does.
What they do to the rows is done after the tables: none of it reads what another of them takes away.
"""

from importlib import import_module

from django.db import migrations

REPLACED = (
    "0036_section_55",
    "0037_invitation_mail",
    "0038_same_answer",
    "0039_typed_drafts",
    "0040_labels_end",
    "0041_plain_words",
    "0042_account_seals",
    "0043_short_lived_values",
    "0044_security_events",
    "0045_standing",
    "0046_entra",
    "0047_access",
    "0048_folded_refusals",
    "0049_retention",
    "0050_reset_by_two",
    "0051_recorded_since",
    "0052_register_exports",
    "0053_search",
    "0054_owners",
    "0055_owners_by_name",
    "0056_saved_views",
    "0057_reminders",
    "0058_attachments",
    "0059_api_tokens",
    "0060_webhooks",
    "0061_sources",
    "0062_answer_steps",
    "0064_risk",
    "0065_rechecks",
    "0066_parts_and_disputes",
    "0067_force_pages",
    "0069_similar",
    "0071_papers_by_source",
    "0072_action_plans",
)
OPERATIONS = [
    operation
    for name in REPLACED
    for operation in import_module(f"recommendations.migrations.{name}").Migration.operations
]


class ChangeTables(migrations.SeparateDatabaseAndState):
    """From the tables before some operations to those after, each touched once.

    One by one, each operation renders all models again, and on SQLite copies a table: 72 seconds instead of 5.
    """

    reversible = False

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        alter = alter_on_sqlite if schema_editor.connection.vendor == "sqlite" else alter_on_postgresql
        before, after = models_of(app_label, from_state), models_of(app_label, to_state)
        for name, model in after.items():
            if name not in before:
                schema_editor.create_model(model)
        for name, model in after.items():  # it may lead to a new one
            key = app_label, name
            if name in before and from_state.models[key] != to_state.models[key]:
                alter(schema_editor, before[name], model)
        for name in before.keys() - after.keys():
            schema_editor.delete_model(before[name])
        for statement in schema_editor.deferred_sql:  # PostgreSQL alters no table whose rows have changed just now
            schema_editor.execute(statement)
        schema_editor.deferred_sql.clear()


def alter_on_sqlite(schema_editor, old, new):
    """Copy a table into one that is made as it shall be. What is new is filled with its default first."""
    quote, there = schema_editor.quote_name, columns(old)
    for field in (field for name, field in columns(new).items() if name not in there):
        default = schema_editor.prepare_default(schema_editor.effective_default(field))
        kind = field.db_type(schema_editor.connection)
        schema_editor.execute(
            f"ALTER TABLE {quote(new._meta.db_table)} ADD COLUMN {quote(field.column)} {kind} DEFAULT {default}"
        )
    schema_editor._remake_table(new)


def alter_on_postgresql(schema_editor, old, new):
    """Columns that go, come and change; before them the constraints and indexes that do not stay, and after them the new."""
    for attribute, verb in (("constraints", "constraint"), ("indexes", "index")):
        for each in getattr(old._meta, attribute):
            if each not in getattr(new._meta, attribute):
                getattr(schema_editor, f"remove_{verb}")(old, each)
    before, after = columns(old), columns(new)
    for name in before.keys() - after.keys():
        schema_editor.remove_field(old, before[name])
    for name, field in after.items():
        if name not in before:
            schema_editor.add_field(new, field)
        else:
            schema_editor.alter_field(old, before[name], field)
    for attribute, verb in (("constraints", "constraint"), ("indexes", "index")):
        for each in getattr(new._meta, attribute):
            if each not in getattr(old._meta, attribute):
                getattr(schema_editor, f"add_{verb}")(new, each)


def models_of(app_label, state):
    return {model._meta.model_name: model for model in state.apps.get_app_config(app_label).get_models()}


def columns(model):
    return {field.column: field for field in model._meta.local_concrete_fields}


class Migration(migrations.Migration):
    replaces = [("recommendations", name) for name in REPLACED]
    dependencies = [("recommendations", "0035_trail_scheme")]

    operations = [
        ChangeTables(state_operations=[each for each in OPERATIONS if not isinstance(each, migrations.RunPython)]),
        *(each for each in OPERATIONS if isinstance(each, migrations.RunPython)),
    ]
