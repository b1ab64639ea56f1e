from django.urls import path

from participants.views import consent_check, consent_texts, consents, doors, enrolments, forms, guardians, people

app_name = "participants"
urlpatterns = [
    path("participants/", people.person_list, name="person_list"),
    path("participants/new/", people.person_new, name="person_new"),
    path("participants/enrol/", enrolments.enrolment_new, name="enrolment_new"),
    path("participants/<int:pk>/", people.person_show, name="person_show"),
    path("participants/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("participants/<int:pk>/remove/", people.person_remove, name="person_remove"),
    path("participants/<int:pk>/enrol/", enrolments.person_enrol, name="person_enrol"),
    path("participants/<int:pk>/door/", doors.person_door, name="person_door"),
    path("participants/<int:person>/guardians/new/", guardians.guardian_new, name="guardian_new"),
    path("guardians/<int:pk>/edit/", guardians.guardian_edit, name="guardian_edit"),
    path("guardians/<int:pk>/remove/", guardians.guardian_remove, name="guardian_remove"),
    path("enrolments/<int:pk>/profile/", enrolments.enrolment_profile, name="enrolment_profile"),
    path("enrolments/<int:pk>/end/", enrolments.enrolment_end, name="enrolment_end"),
    path("enrolments/<int:pk>/return/", enrolments.enrolment_return, name="enrolment_return"),
    path("forms/", forms.form_list, name="form_list"),
    path("forms/new/", forms.form_new, name="form_new"),
    path("forms/standard/", forms.form_standard, name="form_standard"),
    path("forms/<int:pk>/edit/", forms.form_edit, name="form_edit"),
    path("consents/", consents.consent_list, name="consent_list"),
    path("consents/ask/", consents.consent_ask_many, name="consent_ask_many"),
    path("consents/ask/<int:person>/", consents.consent_ask, name="consent_ask"),
    path("consents/<int:pk>/", consent_check.consent_check, name="consent_check"),
    path("consents/<int:pk>/accept/", consent_check.consent_accept, name="consent_accept"),
    path("consents/<int:pk>/accept-paper/", consent_check.consent_accept_paper, name="consent_accept_paper"),
    path("consents/<int:pk>/return/", consent_check.consent_return, name="consent_return"),
    path("consents/<int:pk>/cancel/", consent_check.consent_cancel, name="consent_cancel"),
    path("consents/<int:pk>/withdraw/", consent_check.consent_withdraw, name="consent_withdraw"),
    path("consents/<int:pk>/remind/", consents.consent_remind, name="consent_remind"),
    path("consents/<int:pk>/paper/", consents.consent_paper, name="consent_paper"),
    path("consents/pages/<int:pk>/", consent_check.page_show, name="page_show"),
    path("consents/texts/", consent_texts.text_list, name="text_list"),
    path("consents/texts/new/", consent_texts.text_new, name="text_new"),
]
