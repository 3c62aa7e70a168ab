from django.db import migrations, models

REMARKS = {"remark_colours": "first", "remark_quarters": "second", "remark_ages": "third"}


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0022_files_made_outside_requests")]

    operations = [
        migrations.AddField(model, name, models.TextField(blank=True, verbose_name=f"remark on the {place} chart"))
        for model in ("paperwords", "historicalpaperwords")
        for name, place in REMARKS.items()
    ]
