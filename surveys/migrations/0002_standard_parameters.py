from django.db import migrations

from surveys.statistics.standard import SOURCE, STANDARD_PARAMETERS


def give_parameters(apps, schema_editor):
    """Schools opened before anything was measured begin with the standard parameters like any other."""
    School = apps.get_model("core", "School")
    Parameter = apps.get_model("surveys", "Parameter")
    for school in School.objects.filter(parameters=None):
        Parameter.objects.bulk_create(
            Parameter(
                school=school,
                place=place,
                key=one.key,
                name=one.name,
                side=one.side,
                unit=one.unit,
                least=one.scale[0],
                most=one.scale[1],
                direction=one.direction,
                is_sensitive=one.is_sensitive,
                source=SOURCE,
            )
            for place, one in enumerate(STANDARD_PARAMETERS, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [migrations.RunPython(give_parameters, migrations.RunPython.noop)]
