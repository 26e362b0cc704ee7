"""What is compared with the shuffled worlds stands beside a group's bans."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def from_bans(apps: Any, schema_editor: Any) -> None:
    """Older runs compared the bans themselves."""
    apps.get_model("campaigns", "Campaign").objects.update(strength=models.F("bans"))


class Migration(migrations.Migration):
    """Adds `Run.thin` and `Campaign.strength`."""

    dependencies = [("campaigns", "0001_initial")]

    operations = [
        migrations.AddField("run", "thin", models.BooleanField(default=False)),
        migrations.AddField("campaign", "strength", models.FloatField(default=0.0), preserve_default=False),
        migrations.RunPython(from_bans, migrations.RunPython.noop),
    ]
