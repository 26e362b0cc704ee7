from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_run_capped")]

    operations = [
        migrations.AddField(
            model_name="run",
            name="different",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="dated",
            field=models.IntegerField(null=True),
        ),
    ]
