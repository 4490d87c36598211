"""What an account asks for: language, theme, a password of one's own, a second factor; and whose its secrets are."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from catalogue.security import handling

from ._together import Together

THEMES = [("auto", "As the system"), ("light", "Light"), ("dark", "Dark")]
# Tables of the sign-in library, under row-level security from here on.
SECRET = ("mfa_authenticator", "usersessions_usersession", "account_emailaddress")


def columns():
    """The new columns of an account; of its history too."""
    return {
        "language": models.CharField(
            blank=True, db_default="", default="", help_text="Empty: as the browser asks.", max_length=5
        ),
        "theme": models.CharField(choices=THEMES, db_default="auto", default="auto", max_length=5),
        "must_change_password": models.BooleanField(
            db_default=False, default=False, help_text="An administrator knows the password."
        ),
        "password_set_at": models.DateTimeField(null=True),
        "needs_second_factor": models.BooleanField(
            db_default=False, default=False, help_text="May only add one until there is one."
        ),
        "factors": ArrayField(
            base_field=models.TextField(),
            db_default=[],
            default=list,
            help_text="Kinds of second factors, kept by a trigger: totp, webauthn, …",
            size=None,
        ),
    }


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_lines"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
    ]
    operations = [
        Together(
            [
                *(
                    migrations.AddField(table, *column)
                    for table in ("user", "userevent")
                    for column in columns().items()
                ),
                migrations.AddConstraint(
                    "user",
                    models.CheckConstraint(
                        condition=models.Q(theme__in=[code for code, _ in THEMES]), name="user_theme_known"
                    ),
                ),
            ]
        ),
        migrations.RunSQL(
            "\n".join([*map(handling.close, SECRET), handling.script("accounts_v1.sql")]),
            handling.script("accounts_undo_v1.sql"),
        ),
    ]
