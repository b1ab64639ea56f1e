"""What came out of a campaign: counts, tables, comparisons; nothing of a group smaller than five."""

from surveys.results.counting import Tally, count_answers, count_responses
from surveys.results.small import LEAST_GROUP, Group, fold_small
from surveys.results.tables import Row, Table, table_of

__all__ = [
    "LEAST_GROUP",
    "Group",
    "Row",
    "Table",
    "Tally",
    "count_answers",
    "count_responses",
    "fold_small",
    "table_of",
]
