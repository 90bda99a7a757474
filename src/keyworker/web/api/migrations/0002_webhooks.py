"""The tables of the webhooks."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the tables."""

    dependencies = [("api", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("address", models.CharField(max_length=300)),
                ("secret", models.TextField()),
                ("purpose", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("told_to", models.BigIntegerField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="webhooks", to="api.token"
                    ),
                ),
            ],
            options={"db_table": "api_webhook"},
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("handle", models.CharField(default="", max_length=64)),
                ("at", models.DateTimeField()),
                ("tries", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                ("said", models.CharField(default="", max_length=60)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="api.webhook"
                    ),
                ),
            ],
            options={"db_table": "api_message"},
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="message_by_next_try"
            ),
        ),
    ]
