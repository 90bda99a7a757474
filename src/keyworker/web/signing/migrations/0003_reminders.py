"""The table of who wants reminders by email."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table."""

    dependencies = [("signing", "0002_resets_by_two"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Reminders",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reminders",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_on", models.BooleanField(default=False)),
                ("hour", models.IntegerField()),
                ("next_at", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("said", models.CharField(default="", max_length=60)),
            ],
            options={"db_table": "reminders"},
        ),
    ]
