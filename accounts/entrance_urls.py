"""Addresses that allauth looks up by its own names, so they stand outside our namespace."""

from django.urls import path

from accounts.views import entrance

urlpatterns = [
    path("log-in/", entrance.log_in, name="account_login"),
    path("log-in/code/", entrance.code_request, name="account_request_login_code"),
    path("log-in/code/check/", entrance.code_confirm, name="account_confirm_login_code"),
]
