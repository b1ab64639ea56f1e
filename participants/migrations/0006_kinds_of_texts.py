from django.db import migrations
from django.db.models import F

from participants.papers.wording import STANDARD

PARTS = ("purpose_text", "data_text", "processor_text", "actions_text", "term_text", "withdrawal_text")


def tell_kinds(apps, schema_editor):
    """What was one text for everybody's data becomes those of a guardian, of an adult and of a mentor.

    Whoever takes part as a mentor alone signed for that: his consents become those of a mentor, with the words he signed.
    """
    Consent = apps.get_model("participants", "Consent")
    ConsentText = apps.get_model("participants", "ConsentText")
    Enrolment = apps.get_model("participants", "Enrolment")
    mentees = Enrolment.objects.filter(side="mentee").values("person")
    mentors = Enrolment.objects.filter(side="mentor").exclude(person__in=mentees).values("person")
    Consent.objects.filter(purpose="processing", person__in=mentors).update(purpose="mentor")
    for text in ConsentText.objects.filter(kind="processing"):
        parts = {name: getattr(text, name) for name in PARTS}
        own = {"school": text.school, "version": text.version, "created_by": text.created_by, "created_at": text.created_at}
        adult = ConsentText.objects.create(kind="adult", **own, **parts)
        mentor = ConsentText.objects.create(kind="mentor", **own, **parts)
        text.consents.filter(purpose="mentor").update(text=mentor)
        text.consents.filter(purpose="processing", guardian=None).update(text=adult)
    ConsentText.objects.filter(kind="processing").update(kind="guardian")


def give_texts(apps, schema_editor):
    School = apps.get_model("core", "School")
    ConsentText = apps.get_model("participants", "ConsentText")
    for school in School.objects.exclude(consent_texts__kind="publish"):
        ConsentText.objects.create(school=school, kind="publish", version=1, **STANDARD["publish"])


def note_entries(apps, schema_editor):
    apps.get_model("participants", "Enrolment").objects.filter(entered_on=None).update(entered_on=F("created_at__date"))


class Migration(migrations.Migration):
    dependencies = [("participants", "0005_participants_grow")]
    operations = [
        migrations.RunPython(tell_kinds, migrations.RunPython.noop),
        migrations.RunPython(give_texts, migrations.RunPython.noop),
        migrations.RunPython(note_entries, migrations.RunPython.noop),
    ]
