"""What the pages of scenarios show: read anew from the rows each time, worked out, put into words."""
