from django.db import migrations
from django.utils import timezone

from surveys.content import content_to_json
from surveys.standard import STANDARD_QUESTIONNAIRES


def give_questionnaires(apps, schema_editor):
    """Schools opened before there were questionnaires begin with the standard ones like any other."""
    School = apps.get_model("core", "School")
    MentoringForm = apps.get_model("participants", "MentoringForm")
    Questionnaire = apps.get_model("surveys", "Questionnaire")
    QuestionnaireVersion = apps.get_model("surveys", "QuestionnaireVersion")
    now = timezone.now()
    for school in School.objects.filter(questionnaires=None):
        forms = dict(MentoringForm.objects.filter(school=school).values_list("name", "pk"))
        for one in STANDARD_QUESTIONNAIRES:
            row = Questionnaire.objects.create(
                school=school,
                key=one.key,
                title=one.title,
                kind=one.kind,
                answerer=one.answerer,
                form_id=forms.get(one.form),
                source=one.source,
            )
            QuestionnaireVersion.objects.create(
                questionnaire=row,
                number=1,
                state="published",
                published_at=now,
                content=content_to_json(one.content),
            )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_standard_parameters")]
    operations = [migrations.RunPython(give_questionnaires, migrations.RunPython.noop)]
