from django.urls import path

from accounts.views import acting, cards, first_start, health, invitations, members, profile, schools

app_name = "accounts"
urlpatterns = [
    path("role/", acting.role_switch, name="role_switch"),
    path("as/<int:membership>/", acting.enter, name="enter"),
    path("language/", acting.language_set, name="language_set"),
    path("log-out/", acting.log_out, name="log_out"),
    path("me/", profile.profile, name="profile"),
    path("me/password/", profile.profile_password, name="profile_password"),
    path("me/address/", profile.profile_address, name="profile_address"),
    path("me/address/check/", profile.profile_address_code, name="profile_address_code"),
    path("people/", members.member_list, name="member_list"),
    path("people/<int:pk>/end/", members.member_end, name="member_end"),
    path("people/new/", cards.person_new, name="person_new"),
    path("people/cards/", cards.card_issue, name="card_issue"),
    path("people/cards/print/", cards.card_print, name="card_print"),
    path("people/invitations/", invitations.invitation_list, name="invitation_list"),
    path("people/invitations/new/", invitations.invitation_new, name="invitation_new"),
    path("people/invitations/<int:pk>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("people/invitations/<int:pk>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
    path("invited/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("invited/", invitations.invitation_accept, name="invitation_accept"),
    path("card/<str:token>/", cards.card_open, name="card_open"),
    path("card/", cards.card_use, name="card_use"),
    path("school/", schools.school_edit, name="school_edit"),
    path("installation/", schools.installation, name="installation"),
    path("installation/schools/new/", schools.school_new, name="school_new"),
    path("installation/schools/<int:pk>/invite/", schools.school_invite, name="school_invite"),
    path("installation/health/", health.health, name="health"),
    path("start/", first_start.start, name="start"),
    path("start/school/", first_start.start_school, name="start_school"),
]
