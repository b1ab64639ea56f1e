from django.db import migrations

from participants.register.standard import STANDARD_AREAS


def give_areas(apps, schema_editor):
    """Schools opened before there were areas of help begin with the standard ones like any other."""
    School = apps.get_model("core", "School")
    Area = apps.get_model("participants", "Area")
    for school in School.objects.filter(areas=None):
        Area.objects.bulk_create(
            Area(school=school, place=place, name=name) for place, name in enumerate(STANDARD_AREAS, start=1)
        )


def date_entries(apps, schema_editor):
    """Who takes part entered the programme on the day he was enrolled, as far as is known."""
    Enrolment = apps.get_model("participants", "Enrolment")
    for row in Enrolment.objects.filter(entered_on=None).iterator(500):
        Enrolment.objects.filter(pk=row.pk).update(entered_on=row.created_at.date())


class Migration(migrations.Migration):
    dependencies = [("participants", "0007_kinds_are_known")]
    operations = [
        migrations.RunPython(give_areas, migrations.RunPython.noop),
        migrations.RunPython(date_entries, migrations.RunPython.noop),
    ]
