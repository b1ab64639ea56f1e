"""Papers of the school: orders and the lists they approve, and what the monitoring of a year came to."""

from reports.models.monitoring import MonitoringReport, ReportState
from reports.models.order import Order, OrderLine, OrderState

__all__ = ["MonitoringReport", "Order", "OrderLine", "OrderState", "ReportState"]
