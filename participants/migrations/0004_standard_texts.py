from django.db import migrations

from participants.papers.wording import STANDARD


def give_texts(apps, schema_editor):
    """Schools opened before there were consents begin with the standard texts like any other."""
    School = apps.get_model("core", "School")
    ConsentText = apps.get_model("participants", "ConsentText")
    for purpose, parts in (("processing", STANDARD["guardian"]), ("labour", STANDARD["labour"])):
        for school in School.objects.exclude(consent_texts__purpose=purpose):
            ConsentText.objects.create(school=school, purpose=purpose, version=1, **parts)


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_standard_forms")]
    operations = [migrations.RunPython(give_texts, migrations.RunPython.noop)]
