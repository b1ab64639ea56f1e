"""Every address of the product."""

from django.urls import include, path

from roadmap.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("", include("accounts.entrance_urls")),
    path("", include("accounts.urls")),
    path("", include("roadmap.urls")),
    path("", include("participants.urls")),
    path("", include("surveys.urls")),
    path("", include("pairing.urls")),
    path("", include("reports.urls")),
]

handler400 = "core.error_pages.bad_request"
handler403 = "core.error_pages.forbidden"
handler404 = "core.error_pages.not_found"
handler429 = "core.error_pages.too_many"
handler500 = "core.error_pages.server_error"
