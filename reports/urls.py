"""Addresses of orders."""

from django.urls import path

from reports.views import changing, orders, papers, signing

app_name = "reports"

urlpatterns = [
    path("orders/", orders.order_list, name="order_list"),
    path("orders/new/", orders.order_new, name="order_new"),
    path("orders/<int:pk>/", orders.order_show, name="order_show"),
    path("orders/<int:pk>/edit/", changing.order_edit, name="order_edit"),
    path("orders/<int:pk>/cancel/", changing.order_cancel, name="order_cancel"),
    path("orders/<int:pk>/pdf/", papers.order_pdf, name="order_pdf"),
    path("orders/<int:pk>/pdf/<int:job>/", papers.order_pdf_file, name="order_pdf_file"),
    path("orders/<int:pk>/scan/", signing.order_scan, name="order_scan"),
    path("orders/<int:pk>/scan/file/", signing.order_scan_file, name="order_scan_file"),
    path("orders/<int:pk>/enforce/", signing.order_enforce, name="order_enforce"),
]
