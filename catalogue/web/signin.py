"""The sign-in door: looks up accounts through the gate, since nobody is signed in yet."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import LoginView

from catalogue.models import User
from catalogue.security.viewing import gate

# Django writes last_login on sign-in; the gate below does it, within the rule.
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
    redirect_authenticated_user = True
