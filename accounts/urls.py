from django.urls import path

from accounts.views import acting, profile

app_name = "accounts"
urlpatterns = [
    path("role/", acting.role_switch, name="role_switch"),
    path("as/<int:membership>/", acting.enter, name="enter"),
    path("language/", acting.language_set, name="language_set"),
    path("log-out/", acting.log_out, name="log_out"),
    path("me/", profile.profile, name="profile"),
]
