"""Spans, and what a paper closed with beside its figures; for what is on file already both are made here."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max

AT_ONCE = 10_000  # tracked recommendations
COLUMNS = (
    "tracked_id, force_id, since, until, kind, cause_id, directed_to_force, deadline_kind, deadline_on, "
    "position, stage, forecast_on, first_target_on"
)
LATEST = """(
    SELECT said.{column} FROM recommendations_forceupdate said
    WHERE said.tracked_id = line.id AND said.effective_on <= stretches.day AND said.withdrawn_at IS NULL
    ORDER BY said.effective_on DESC, said.recorded_at DESC, said.id DESC LIMIT 1)"""
DAYS = """
    UNION SELECT line.id, row.{day} FROM lines line JOIN recommendations_{table} row ON row.tracked_id = line.id
    WHERE row.{day} > line.tracked_on"""
STANDING = " AND row.withdrawn_at IS NULL"
SPANS = f"""
INSERT INTO recommendations_span ({COLUMNS})
WITH lines AS (
    SELECT id, tracked_on FROM recommendations_trackedrecommendation
    WHERE withdrawn_at IS NULL AND id > %s AND id <= %s
), days AS (
    SELECT id AS line, tracked_on AS day FROM lines
    {DAYS.format(table="forceupdate", day="effective_on") + STANDING}
    {DAYS.format(table="targetdate", day="effective_on") + STANDING}
    {DAYS.format(table="closure", day="closed_on")}
    {DAYS.format(table="closure", day="reopened_on")}
), stretches AS (
    SELECT line, day, COALESCE(LEAD(day) OVER (PARTITION BY line ORDER BY day), '9999-12-31') AS until FROM days
)
SELECT line.id, line.force_id, stretches.day, stretches.until, asked.kind, asked.cause_id,
    line.directed_to_force, line.deadline_kind, line.deadline_on,
    COALESCE({LATEST.format(column="position")}, ''),
    COALESCE({LATEST.format(column="stage")}, 'awaiting_allocation'),
    {LATEST.format(column="forecast_on")},
    (SELECT target.target_on FROM recommendations_targetdate target
     WHERE target.tracked_id = line.id AND target.effective_on <= stretches.day AND target.withdrawn_at IS NULL
     ORDER BY target.effective_on, target.recorded_at, target.id LIMIT 1)
FROM stretches
JOIN recommendations_trackedrecommendation line ON line.id = stretches.line
JOIN recommendations_recommendation asked ON asked.id = line.recommendation_id
WHERE NOT EXISTS (
    SELECT 1 FROM recommendations_closure closed
    WHERE closed.tracked_id = line.id AND closed.closed_on <= stretches.day
    AND (closed.reopened_on IS NULL OR closed.reopened_on > stretches.day))
"""


def make_spans(apps, schema_editor):
    rows = apps.get_model("recommendations", "TrackedRecommendation")._base_manager
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for start in range(0, last, AT_ONCE):
            cursor.execute(SPANS, [start, start + AT_ONCE])


def make_closing_lines(apps, schema_editor):
    paper_model, line_model = (apps.get_model("recommendations", name) for name in ("ScrutinyReport", "ClosingLine"))
    finalised = paper_model._base_manager.filter(state="finalised", force__isnull=False)
    for paper in finalised.only("figures").order_by("pk").iterator(100):
        open_ids = paper.figures.get("open_ids")
        if open_ids is None:
            continue
        line_model._base_manager.bulk_create(
            [line_model(paper=paper, tracked_id=pk) for pk in open_ids], batch_size=1_000
        )
        numbers = {"open_now": len(open_ids), "overdue_now": paper.figures["then_and_now"]["overdue_now"]}
        paper_model._base_manager.filter(pk=paper.pk).update(**numbers)


def keep(apps, schema_editor):
    """The tables go when this is undone, and what is in them with them."""


def number(words: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(words, blank=True, editable=False, null=True)


def follows(model: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        f"recommendations.{model}",
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0032_oversight_apart")]
    operations = [
        migrations.AddIndex(
            "trackedrecommendation",
            models.Index(
                fields=["force", "tracked_on"],
                include=("id", "recommendation", "recorded_at", "withdrawn_at"),
                name="tracked_since",
            ),
        ),
        *(
            migrations.AddField(model, name, number(words))
            for model in ("historicalscrutinyreport", "scrutinyreport")
            for name, words in (("open_now", "open on the last day"), ("overdue_now", "overdue on the last day"))
        ),
        migrations.CreateModel(
            name="ClosingLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        "recommendations.scrutinyreport",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing_lines",
                    ),
                ),
                (
                    "tracked",
                    models.ForeignKey(
                        "recommendations.trackedrecommendation",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("paper", "tracked"), name="closing_line_once")],
            },
        ),
        migrations.CreateModel(
            name="Span",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tracked", follows("trackedrecommendation", related_name="spans")),
                ("force", follows("force", related_name="+")),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("kind", models.CharField(max_length=30)),
                ("cause", follows("recommendation", null=True, related_name="+")),
                ("directed_to_force", models.BooleanField()),
                ("deadline_kind", models.CharField(max_length=10)),
                ("deadline_on", models.DateField(null=True)),
                ("position", models.CharField(blank=True, max_length=20)),
                ("stage", models.CharField(max_length=40)),
                ("forecast_on", models.DateField(null=True)),
                ("first_target_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["force", "until"],
                        include=(
                            "since",
                            "tracked",
                            "kind",
                            "cause",
                            "directed_to_force",
                            "deadline_kind",
                            "deadline_on",
                            "position",
                            "stage",
                            "forecast_on",
                            "first_target_on",
                        ),
                        name="span_standing",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("tracked", "since"), name="span_once")],
            },
        ),
        migrations.RunPython(make_closing_lines, keep),
        migrations.RunPython(make_spans, keep),
    ]
