"""The sign-in door: looks up accounts through the gate, since nobody is signed in yet."""

from functools import wraps

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from allauth.account.views import LoginView
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in

from catalogue.models import User
from catalogue.security.entering import let_in
from catalogue.security.viewing import gate

# Django writes last_login on sign-in; the adapter does it, within the rule.
user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")


class Backend(ModelBackend):
    """Signs in by name and password; service accounts have no password and cannot."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """The user whose name and password these are, or None; equally slow for unknown names."""
        if username is None or password is None:
            return None
        with gate():
            user = User.objects.select_related("agency").filter(username__iexact=username, is_service=False).first()
            if user is None:
                User().set_password(password)
                return None
            if user.check_password(password) and user.is_active:
                return user

    def get_user(self, user_id):
        """The signed-in user, while the account is open."""
        with gate():
            return User.objects.select_related("agency").filter(pk=user_id, is_active=True).first()


class SignIn(LoginView):
    """The sign-in page. Wrong names and wrong passwords get the same sentence."""

    template_name = "catalogue/sign_in.html"


def on_the_way(view):
    """`view` of the sign-in door: who has given a password, but not yet a second factor, is known there."""

    @wraps(view)
    def known(request, *arguments, **named):
        pending = request.session.get(LOGIN_SESSION_KEY)
        if pending and pending["user_pk"]:
            let_in(url_str_to_user_pk(pending["user_pk"]))
        return view(request, *arguments, **named)

    return known
