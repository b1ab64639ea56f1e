"""What the figures before and after say, and how sure it is; plain values in and out."""
