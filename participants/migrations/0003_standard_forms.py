from django.db import migrations

from participants.register.standard import STANDARD_FORMS


def give_forms(apps, schema_editor):
    """Schools opened before there were forms begin with the standard ones like any other."""
    School = apps.get_model("core", "School")
    MentoringForm = apps.get_model("participants", "MentoringForm")
    RoleModel = apps.get_model("participants", "RoleModel")
    for school in School.objects.filter(forms=None):
        for place, standard in enumerate(STANDARD_FORMS, start=1):
            form = MentoringForm.objects.create(
                school=school,
                place=place,
                name=standard.name,
                model=standard.model,
                mentor_kind=standard.mentor_kind,
                mentee_kind=standard.mentee_kind,
                is_of_employees=standard.is_of_employees,
                source=standard.source,
            )
            RoleModel.objects.bulk_create(
                RoleModel(form=form, place=number, name=name)
                for number, name in enumerate(standard.role_models, start=1)
            )


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_class_key")]
    operations = [migrations.RunPython(give_forms, migrations.RunPython.noop)]
