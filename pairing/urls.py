from django.urls import path

from pairing.views import agreements, approval, matches, meetings, mentorships, proposing, submissions

app_name = "pairing"
urlpatterns: list[object] = [
    path("pairs/", matches.match_list, name="match_list"),
    path("pairs/new/", proposing.match_new, name="match_new"),
    path("pairs/decide/", approval.match_decide, name="match_decide"),
    path("pairs/approval/", approval.approval_rule, name="approval_rule"),
    path("pairs/<int:pk>/return/", approval.match_return, name="match_return"),
    path("pairs/<int:pk>/again/", proposing.match_again, name="match_again"),
    path("pairs/<int:pk>/drop/", proposing.match_drop, name="match_drop"),
    path("pairs/scenarios/<int:pk>/send/", submissions.scenario_send, name="scenario_send"),
    path("pairs/protocols/", submissions.submission_list, name="submission_list"),
    path("pairs/protocols/<int:pk>/", submissions.submission_show, name="submission_show"),
    path("pairs/protocols/<int:pk>/paper/", submissions.submission_pdf, name="submission_pdf"),
    path("pairs/protocols/<int:pk>/paper/<int:job>/", submissions.submission_file, name="submission_file"),
    path("pairs/agreements/<int:pk>/", agreements.agreement_answer, name="agreement_answer"),
    path("mentorships/", mentorships.mentorship_list, name="mentorship_list"),
    path("mentorships/<int:pk>/", mentorships.mentorship_show, name="mentorship_show"),
    path("mentorships/<int:pk>/end/", mentorships.mentorship_end, name="mentorship_end"),
    path("mentorships/<int:pk>/mine/", mentorships.mentorship_mine, name="mentorship_mine"),
    path("mentorships/<int:pk>/meet/", meetings.mentorship_meet, name="mentorship_meet"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/remove/", meetings.meeting_remove, name="meeting_remove"),
]
