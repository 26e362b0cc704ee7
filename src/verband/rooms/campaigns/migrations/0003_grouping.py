"""Decisions keep their incidents; people merge and split; runs may ask what if."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def members_of_decisions(apps: Any, schema_editor: Any) -> None:
    """Older decisions were kept without their incidents: those of the campaign, with what was recorded by then."""
    Record, Campaign = apps.get_model("picture", "Record"), apps.get_model("campaigns", "Campaign")
    DecisionMember = apps.get_model("campaigns", "DecisionMember")
    for decision in apps.get_model("campaigns", "Decision").objects.all():
        campaign = Campaign.objects.filter(uuid=decision.uuid).order_by("-run_id").first()
        for member in campaign.members.order_by("place") if campaign else ():
            known = Record.objects.filter(thing_id=member.thing_id, evidence=True, recorded_at__lte=decision.decided_at)
            DecisionMember.objects.create(
                decision=decision, thing_id=member.thing_id, records=list(known.values_list("pk", flat=True))
            )


class Migration(migrations.Migration):
    """Adds `Run.what_if_of`, `DecisionMember` and `Grouping` with its parts."""

    dependencies = [
        ("campaigns", "0002_strength"),
        ("picture", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="left_out",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="run",
            name="what_if_of",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="what_ifs", to="campaigns.run"
            ),
        ),
        migrations.CreateModel(
            name="DecisionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("records", models.JSONField(default=list)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="campaigns.decision"
                    ),
                ),
                (
                    "thing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="picture.thing"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Grouping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=10)),
                ("origins", models.JSONField(default=list)),
                ("reason", models.TextField()),
                ("made_by", models.CharField(max_length=200)),
                ("made_at", models.BigIntegerField()),
                ("undone_by", models.CharField(blank=True, max_length=200)),
                ("undone_at", models.BigIntegerField(null=True)),
                ("undone_reason", models.TextField(blank=True)),
                ("marking", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="picture.marking")),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="GroupingPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("uuid", models.UUIDField(db_index=True)),
                ("title_nl", models.CharField(max_length=300)),
                ("title_en", models.CharField(max_length=300)),
                ("bans", models.FloatField(null=True)),
                ("shared", models.JSONField(default=list)),
                (
                    "grouping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="campaigns.grouping"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="GroupingMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                (
                    "thing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="picture.thing"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="campaigns.groupingpart"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.RunPython(members_of_decisions, migrations.RunPython.noop),
    ]
