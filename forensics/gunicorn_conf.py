"""gunicorn as the supervisor starts it: one master that has loaded the application, and its workers.

Threads, because a worker without them would be killed in the middle of a long download and serve nobody
meanwhile; two, because more of them wait for each other (four served a fifth fewer requests a second).
Each thread keeps one connection to PostgreSQL open.
"""

import contextlib
import gc

from forensics import env, lifeline, postgres

_host = env.text("HOST", "127.0.0.1")
bind = f"{f'[{_host}]' if ':' in _host else _host}:{env.number('PORT', 8000, 1, 65535)}"
wsgi_app = "forensics.wsgi:application"
workers = env.number("WORKERS", 2, 1, 64)
worker_class = "gthread"
threads = 2
preload_app = True
graceful_timeout = 10
keepalive = 15
control_socket_disable = True
loglevel = "warning"

_postgres = contextlib.ExitStack()


def on_starting(server):
    """The master is one of the processes that share the server, and outlives its workers."""
    _postgres.enter_context(postgres.serving())


def when_ready(server):
    """The socket is bound."""
    lifeline.hold()


def pre_fork(server, worker):
    """What the master has loaded stays: no collection need look at it, and its pages stay shared."""
    gc.freeze()


def post_fork(server, worker):
    """A worker has the lifeline too, for the case that its master is killed."""
    # A request makes thousands of objects and few cycles: the default of 700 collects several times in each.
    gc.set_threshold(20_000, 20, 20)
    lifeline.hold()


def on_exit(server):
    """Workers have ended."""
    _postgres.close()
