"""The scanned pile taken apart: pages of one PDF, the code on each, the page laid straight. No database, no request."""
