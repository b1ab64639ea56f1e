"""How a programme stands on a day: lean rows, what is late and what comes, the staircase, the list and its filters."""
