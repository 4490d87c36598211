"""Addresses of the pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from .overview import overview
from .signin import SignIn

urlpatterns = [
    path("", overview, name="overview"),
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
]
