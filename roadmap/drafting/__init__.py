"""A roadmap between its document and the programme: fields as typed, what is understood of them, what is amiss.

`sheet` holds the working copy that `Draft.entered` keeps, `opening` lays it out from an outline, `changes`
are the curator's hands on it, `faults` says what keeps it from becoming a programme, `finishing` makes the
outline the programme is written from. No database and no request here.
"""
