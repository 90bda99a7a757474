from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]

    operations = [
        migrations.AddField(model_name="state", name="reset_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="state", name="reset_by", field=models.TextField(default="")),
        migrations.AddField(model_name="state", name="reset_password", field=models.TextField(default="")),
    ]
