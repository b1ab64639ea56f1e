"""The monitoring report: its figures, its life, its papers, and what the installation sees of all schools."""
