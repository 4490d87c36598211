"""Starts processes, watches them, and ends them all together."""

import os
import signal
import subprocess
import time

from . import env

GRACE = 20  # seconds between asking a child to end and killing it


class Stopped(Exception):
    """The person or the machine asked us to stop."""


class Failed(Exception):
    """A child ended that should not have; the message says which."""


class Supervisor:
    """Children end when asked, when one of them fails, and, through their lifeline, when we are killed.

    Each child has a session of its own: Ctrl-C reaches us alone, and we end them in order.
    """

    def __init__(self, with_parent=False):
        self.stopping = False
        self.children = {}
        self.parent = os.getppid() if with_parent else None
        # _held is never written to: it closes when we end, however we end.
        self.lifeline, self._held = os.pipe()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked)

    def _asked(self, number, frame):
        self.stopping = True

    def check(self):
        """Raise Stopped when we were asked to stop, or when the `make` that started us is gone."""
        if self.stopping or (self.parent and os.getppid() != self.parent):
            raise Stopped

    def _spawn(self, command, settings):
        return subprocess.Popen(
            command,
            env=env.inherited(LIFELINE=self.lifeline, **settings),
            pass_fds=(self.lifeline,),
            start_new_session=True,
        )

    def run(self, name, command, **settings):
        """Run one step to its end; Failed when its exit code is not 0."""
        self.check()
        child = self.children[name] = self._spawn(command, settings)
        while child.poll() is None:
            self.check()
            time.sleep(0.02)
        del self.children[name]
        if child.returncode:
            raise Failed(f"{name} failed with exit code {child.returncode}; what it said stands above.")

    def start(self, name, command, **settings):
        """Start a child that is to run until we end it."""
        self.check()
        self.children[name] = self._spawn(command, settings)

    def look(self):
        """Raise Stopped or, when a child has ended, Failed."""
        self.check()
        for name, child in self.children.items():
            if child.poll() is not None:
                raise Failed(f"{name} has ended (exit code {child.returncode}); stopping everything.")

    def watch(self):
        """Look until something happens."""
        while True:
            self.look()
            time.sleep(0.1)

    def end(self):
        """Ask every child to end, all at once; kill those that do not within GRACE seconds."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
