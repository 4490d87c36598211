"""One worker for jobs in the background (`python -m forensics.worker`); as many as wanted may run."""

from . import env, lifeline, postgres


def main():
    """Work until SIGTERM; the job in hand is finished first."""
    env.give(DJANGO_SETTINGS_MODULE="forensics.settings", FORENSICS_ROLE="catalogue_app")
    lifeline.leave_on_sigterm()
    lifeline.hold()
    with postgres.serving():
        import django
        from django.core.management import call_command

        django.setup()
        from catalogue.tasks import resume

        resume(silent=0)  # what the worker before this one was at when it was killed
        call_command("procrastinate", "worker", "--shutdown-graceful-timeout", "10")


if __name__ == "__main__":
    main()
