from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0006_kinds_of_texts")]
    operations = [
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.UniqueConstraint(fields=('school', 'kind', 'version'), name='one_consent_text_per_school_kind_and_version'),
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['adult', 'guardian', 'mentor', 'publish', 'labour'])), name='text_kind_is_known'),
        ),
    ]
