"""Addresses of questionnaires, campaigns, answers and measurements."""

from __future__ import annotations

from django.urls import URLPattern, path

from surveys.views import campaign_deeds, campaigns, progress, results, slips

app_name = "surveys"
urlpatterns: list[URLPattern] = [
    path("surveys/", campaigns.campaign_list, name="campaign_list"),
    path("surveys/campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("surveys/campaigns/<int:pk>/", campaigns.campaign_show, name="campaign_show"),
    path("surveys/campaigns/<int:pk>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("surveys/campaigns/<int:pk>/audience/", campaign_deeds.campaign_audience, name="campaign_audience"),
    path("surveys/campaigns/<int:pk>/open/", campaign_deeds.campaign_open, name="campaign_open"),
    path("surveys/campaigns/<int:pk>/plan/", campaign_deeds.campaign_plan, name="campaign_plan"),
    path("surveys/campaigns/<int:pk>/hold/", campaign_deeds.campaign_hold, name="campaign_hold"),
    path("surveys/campaigns/<int:pk>/close/", campaign_deeds.campaign_close, name="campaign_close"),
    path("surveys/campaigns/<int:pk>/reopen/", campaign_deeds.campaign_reopen, name="campaign_reopen"),
    path("surveys/campaigns/<int:pk>/copy/", campaign_deeds.campaign_copy, name="campaign_copy"),
    path("surveys/campaigns/<int:pk>/remind/", campaign_deeds.campaign_remind, name="campaign_remind"),
    path("surveys/campaigns/<int:pk>/remove/", campaign_deeds.campaign_remove, name="campaign_remove"),
    path("surveys/campaigns/<int:pk>/print/", slips.campaign_print, name="campaign_print"),
    path("surveys/respondents/<int:pk>/slip/", slips.respondent_slip, name="respondent_slip"),
    path("surveys/papers/<int:job>/", slips.paper_file, name="paper_file"),
    path("surveys/progress/", progress.progress_list, name="progress_list"),
    path("surveys/progress/<int:pk>/", progress.progress_show, name="progress_show"),
    path("surveys/wards/<int:pk>/", slips.ward_enter, name="ward_enter"),
    path("a/class/code/", slips.class_code, name="class_code"),
    path("a/class/<str:token>/", slips.class_enter, name="class_enter"),
    path("surveys/campaigns/<int:pk>/results/", results.result_show, name="result_show"),
    path("surveys/campaigns/<int:pk>/results/<slug:question>/", results.result_words, name="result_words"),
]
