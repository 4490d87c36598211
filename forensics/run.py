"""Runs the catalogue in the foreground: PostgreSQL, the web server and one worker (`make run` ends here).

Steps that a former start has done are skipped, so that a second start takes seconds: each leaves a stamp in
STATE/stamps with what it was done for.
"""

import http.client
import ipaddress
import socket
import sys
import time

from . import env, postgres, stamps
from .supervisor import Failed, Stopped, Supervisor

ROOT = postgres.ROOT
WAIT = 60  # seconds for the web server to answer


def say(line):
    """A line for the person at the terminal."""
    print(line, flush=True)


def listening():
    """The address to serve at, refused in one sentence when it is not safe or not free."""
    host, port = env.text("HOST", "127.0.0.1"), env.number("PORT", 8000, 1, 65535)
    if not _is_local(host) and not env.flag("TLS") and not env.flag("INSECURE"):
        raise SystemExit(
            f"HOST is {host}: passwords and evidence would cross the network unencrypted. Serve at 127.0.0.1 "
            "behind a web server with TLS, or set INSECURE=1 if you know better."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except (OSError, UnicodeError) as problem:
            reason = getattr(problem, "strerror", None) or problem
            raise SystemExit(f"Cannot serve at {host} port {port} ({reason}): choose another PORT or HOST.") from None
    return host, port


def _is_local(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Preparation:
    """What has to be done before serving, each step once for what it depends on."""

    def __init__(self, supervisor):
        self.supervisor = supervisor

    def once(self, name, wanted, sentence, *command):
        """Run a management command unless its stamp says it was done for `wanted`."""
        if not stamps.done(name, wanted):
            say(f"      {sentence}")
            self.manage(*command)
            stamps.mark(name, wanted)

    def manage(self, *command):
        """Run a management command to its end."""
        self.supervisor.run(f"manage.py {command[0]}", [sys.executable, ROOT / "manage.py", *command])

    def everything(self):
        """Schema, static files, example catalogue, first administrator; then the look at the locks."""
        database, packages = stamps.this_database(), ROOT / "requirements.txt"
        schema = stamps.fingerprint(ROOT / "catalogue" / "migrations", ROOT / "catalogue" / "security", packages)
        static = stamps.fingerprint(ROOT / "catalogue" / "static", packages)
        self.once("schema", f"{database} {schema}", "Bringing the tables up to date …", "migrate")
        self.once("static", static, "Collecting pages' files …", "collectstatic", "--noinput", "--clear", "-v", "0")
        self.once("sign-in", database, "Making the administrator …", "first_sign_in")
        self.once("example", database, "Loading the example catalogue …", "load_example")
        self.manage("check_access")


def wait_for_answer(supervisor, host, port):
    """Return when the web server answers a request; Failed when it does not in time."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        supervisor.look()
        connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
        try:
            connection.request("GET", "/api/v1/health/")
            connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise Failed(f"The web server did not answer within {WAIT} seconds.")


def reachable(host):
    """The address for a browser on this machine: "everywhere" is no address to go to."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def welcome(host, port):
    """Say where the catalogue is and how to sign in."""
    place = reachable(host)
    say("")
    say(f"The catalogue is at http://{f'[{place}]' if ':' in place else place}:{port}/")
    note = postgres.state() / "first-sign-in.txt"
    if note.exists():
        say(f"Sign in with the name and password in {note} (remove the file when you have them).")
    say("Ctrl-C stops it.")


def serve(supervisor, host, port):
    """Prepare, serve, and return only by an exception of the supervisor."""
    say("[4/5] Preparing the database …")
    Preparation(supervisor).everything()
    say("[5/5] Starting the web server and a worker …")
    python = [sys.executable, "-m"]
    supervisor.start(
        "The web server",
        [*python, "gunicorn", "-c", "python:forensics.gunicorn_conf"],
        FORENSICS_ROLE="catalogue_app",
        FORENSICS_PERSISTENT=1,
    )
    supervisor.start("The worker", [*python, "forensics.worker"])
    wait_for_answer(supervisor, host, port)
    welcome(host, port)
    supervisor.watch()


def main(arguments):
    """Exit code 0 when we were asked to stop, 1 when something failed."""
    host, port = listening()
    env.number("WORKERS", 2, 1, 64)
    supervisor = Supervisor(with_parent="--with-parent" in arguments)
    code = 0
    say("[3/5] Starting PostgreSQL …")
    with postgres.serving():
        try:
            serve(supervisor, host, port)
        except Stopped:
            say("\nStopping …")
        except Failed as problem:
            say(f"\n{problem}")
            code = 1
        finally:
            supervisor.end()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
