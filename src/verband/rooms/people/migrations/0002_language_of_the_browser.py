from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_default(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody could choose a language so far: what stands there is the former default."""
    apps.get_model("people", "Person").objects.filter(language="nl").update(language="")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.AlterField("person", "language", models.CharField(blank=True, default="", max_length=2)),
        migrations.RunPython(forget_default, migrations.RunPython.noop),
    ]
