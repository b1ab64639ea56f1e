from django.urls import path

from pairing.views import approval, matches, meetings, mentorships, proposing

app_name = "pairing"
urlpatterns: list[object] = [
    path("pairs/", matches.match_list, name="match_list"),
    path("pairs/new/", proposing.match_new, name="match_new"),
    path("pairs/decide/", approval.match_decide, name="match_decide"),
    path("pairs/approval/", approval.approval_rule, name="approval_rule"),
    path("pairs/<int:pk>/return/", approval.match_return, name="match_return"),
    path("pairs/<int:pk>/again/", proposing.match_again, name="match_again"),
    path("pairs/<int:pk>/drop/", proposing.match_drop, name="match_drop"),
    path("mentorships/", mentorships.mentorship_list, name="mentorship_list"),
    path("mentorships/<int:pk>/", mentorships.mentorship_show, name="mentorship_show"),
    path("mentorships/<int:pk>/end/", mentorships.mentorship_end, name="mentorship_end"),
    path("mentorships/<int:pk>/mine/", mentorships.mentorship_mine, name="mentorship_mine"),
    path("mentorships/<int:pk>/meet/", meetings.mentorship_meet, name="mentorship_meet"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/remove/", meetings.meeting_remove, name="meeting_remove"),
]
