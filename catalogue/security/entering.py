"""Who is on the way in: known by a password or passkey, not yet signed in."""

from django.db import connection


def let_in(user):
    """Until the transaction ends or its reader changes, the account with id `user`, its second factors and sessions
    can be read and written. Nothing else can: no record, nobody else's account.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.entering', %s, true)", [str(user)])
