"""Django's PostgreSQL backend, with a look at the socket where Django asks whether a connection still lives."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asking costs every request a round trip to the server; a Unix socket shows by itself when it has ended."""

    def is_usable(self):
        """Whether the connection can be used: nothing to read on an idle Unix socket means that it is open."""
        if self.settings_dict["HOST"].startswith("/") and self.connection and not self.connection.closed:
            watched = select.poll()
            watched.register(self.connection.fileno(), select.POLLIN)
            if not watched.poll(0):
                return True
        return super().is_usable()
