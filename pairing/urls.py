from django.urls import path

from pairing.views import approval, matches, proposing

app_name = "pairing"
urlpatterns: list[object] = [
    path("pairs/", matches.match_list, name="match_list"),
    path("pairs/new/", proposing.match_new, name="match_new"),
    path("pairs/decide/", approval.match_decide, name="match_decide"),
    path("pairs/approval/", approval.approval_rule, name="approval_rule"),
    path("pairs/<int:pk>/return/", approval.match_return, name="match_return"),
    path("pairs/<int:pk>/again/", proposing.match_again, name="match_again"),
    path("pairs/<int:pk>/drop/", proposing.match_drop, name="match_drop"),
]
