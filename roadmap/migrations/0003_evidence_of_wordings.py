from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from roadmap.proofs import kind_of


def guess_evidence(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Tie the activities of programmes made before to what their wording names."""
    activities = apps.get_model("roadmap", "Activity").objects.filter(evidence="").select_related("stage")
    known = []
    for row in activities.iterator(500):
        row.evidence = kind_of(row.text, section=row.section, stage=row.stage.name)
        if row.evidence:
            known.append(row)
    activities.model.objects.bulk_update(known, ["evidence"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [
        ("roadmap", "0002_evidence"),
    ]

    operations = [
        migrations.RunPython(guess_evidence, migrations.RunPython.noop, elidable=True),
    ]
