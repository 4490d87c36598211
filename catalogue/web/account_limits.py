"""How long somebody has to wait who tried too often."""

import math
import time
from functools import wraps

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.shortcuts import render
from django.utils.translation import ngettext

ACCOUNT, FACTORS = "allauth.account", "allauth.mfa"  # whose limits they are


def wait(request, action, *, app=ACCOUNT, key=None, user=None):
    """Seconds until `action` may be tried again by this address, user or key; at least 1."""
    longest = 1
    for rate in ratelimit.get_rates(app=app, action=action):
        if (rate.per == "key" and key is None) or (rate.per == "user" and user is None):
            continue
        name = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user)
        tried = cache.get(name, [])  # times, the newest first
        if len(tried) >= rate.amount:
            longest = max(longest, tried[rate.amount - 1] + rate.duration - time.time())
    return math.ceil(longest)


def sentence(seconds):
    """What a person is told who has to wait that long."""
    if seconds < 60:
        said = ngettext(
            "Too many attempts: try again in %(n)s second.", "Too many attempts: try again in %(n)s seconds.", seconds
        )
        return said % {"n": seconds}
    minutes = math.ceil(seconds / 60)
    said = ngettext(
        "Too many attempts: try again in %(n)s minute.", "Too many attempts: try again in %(n)s minutes.", minutes
    )
    return said % {"n": minutes}


def in_time(action, view, *, app=ACCOUNT):
    """`view`, whose refusal of too many attempts says how long to wait."""

    @wraps(view)
    def told(request, *arguments, **named):
        response = view(request, *arguments, **named)
        if response.status_code != 429:
            return response
        user = request.user if request.user.is_authenticated else None
        seconds = wait(request, action, app=app, user=user)
        page = render(request, "catalogue/account/too_many.html", {"sentence": sentence(seconds)}, status=429)
        page["Retry-After"] = str(seconds)
        return page

    return told
