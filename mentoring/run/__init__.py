"""One command starts everything and, however it ends, nothing stays behind.

Two processes watch each other. The *front* is what the terminal sees: it takes the signals and notices when the terminal
closes. The *supervisor* is its child in a session of its own and starts the rest: the private Redis, the web server, the
worker. A pipe runs from the front to the supervisor: when the front closes it, or dies by any death, the supervisor stops
everything; when the supervisor dies, the front kills whatever is left in that session. Ctrl-C reaches the front alone,
since no other process belongs to the terminal, so that everything ends in the right order.
"""

WAITS_FOR_FIRST_START = 3
"""The exit status of `manage.py prepare` for an installation that has no school and gets no demo."""
