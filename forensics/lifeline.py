"""Ends a child process with the supervisor that started it, even after its kill -9.

The supervisor keeps the writing end of a pipe and never writes; its children hold the reading end, whose
number is in LIFELINE. The end of the file means that the supervisor is gone. Works on macOS too.
"""

import os
import signal
import sys
import threading

from . import env


def hold():
    """From now on this process gets SIGTERM when its supervisor is gone; nothing without a supervisor."""
    if not (number := env.text("LIFELINE")):
        return
    threading.Thread(target=_wait, args=(int(number),), name="lifeline", daemon=True).start()


def _wait(handle):
    os.read(handle, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def leave_on_sigterm():
    """SIGTERM ends this process through its `finally` blocks, so that the last user stops PostgreSQL."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
