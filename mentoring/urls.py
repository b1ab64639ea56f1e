"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("", include("accounts.urls")),
]

handler400 = "core.error_pages.bad_request"
handler403 = "core.error_pages.forbidden"
handler404 = "core.error_pages.not_found"
handler429 = "core.error_pages.too_many"
handler500 = "core.error_pages.server_error"
