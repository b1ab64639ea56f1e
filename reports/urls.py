"""Addresses of orders and monitoring reports."""

from django.urls import path

from reports.views import changing, monitoring, monitoring_deeds, monitoring_files, orders, papers, signing

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
    path("monitoring/", monitoring.monitoring_list, name="monitoring_list"),
    path("monitoring/new/", monitoring.monitoring_new, name="monitoring_new"),
    path("monitoring/schools/", monitoring_files.monitoring_schools, name="monitoring_schools"),
    path("monitoring/schools/file/", monitoring_files.monitoring_schools_file, name="monitoring_schools_file"),
    path("monitoring/<int:pk>/", monitoring.monitoring_show, name="monitoring_show"),
    path("monitoring/<int:pk>/edit/", monitoring_deeds.monitoring_edit, name="monitoring_edit"),
    path("monitoring/<int:pk>/approve/", monitoring_deeds.monitoring_approve, name="monitoring_approve"),
    path("monitoring/<int:pk>/back/", monitoring_deeds.monitoring_back, name="monitoring_back"),
    path("monitoring/<int:pk>/remove/", monitoring_deeds.monitoring_remove, name="monitoring_remove"),
    path("monitoring/<int:pk>/figures/", monitoring_files.monitoring_figures, name="monitoring_figures"),
    path("monitoring/<int:pk>/pdf/", monitoring_files.monitoring_pdf, name="monitoring_pdf"),
    path("monitoring/<int:pk>/docx/", monitoring_files.monitoring_docx, name="monitoring_docx"),
    path("monitoring/<int:pk>/file/<int:job>/", monitoring_files.monitoring_file, name="monitoring_file"),
]
