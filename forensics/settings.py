"""How the catalogue is run. Values come through env.py; a wrong one stops the start with a sentence."""

from pathlib import Path

import pghistory
import pgtrigger
from csp.constants import NONE, SELF

from . import env, postgres

BASE_DIR = Path(__file__).resolve().parent.parent
STATE = env.path("STATE", BASE_DIR / "var")

SECRET_KEY = env.secret("SECRET_KEY", STATE / "secret-key")
DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env.text("TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "catalogue",
    # After the catalogue, whose templates stand in for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "catalogue.web.compressing.CompressedPagesMiddleware",
    "catalogue.web.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "catalogue.web.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: sessions and messages are saved outside the reader's transaction.
    "catalogue.web.viewer.ViewerMiddleware",
    # Inside it, because it reads and writes as the reader: who has yet to choose a password or add a second factor.
    "catalogue.web.account_gate.UnfinishedMiddleware",
]

ROOT_URLCONF = "forensics.urls"
WSGI_APPLICATION = "forensics.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "catalogue.web.viewer.page_context",
                "catalogue.web.places.places",
            ]
        },
    }
]

DATABASES = {"default": postgres.database(env.text("FORENSICS_ROLE", "catalogue_app"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History: the actor and the reason stand on the event row itself; one trigger a statement, not one a row.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_LEVEL = pgtrigger.Statement
# Triggers follow the code after every migrate: as migration operations they took minutes of state rendering.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="events")

AUTH_USER_MODEL = "catalogue.User"
AUTHENTICATION_BACKENDS = ["catalogue.web.signin.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "overview"

# Accounts are made by administrators; there is no mail, no sign-up and no password sent by mail.
ACCOUNT_ADAPTER = "catalogue.web.account_adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Attempts: amount, in what time, for whom: one address, one user, one name that is tried.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "catalogue.web.account_adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Forensic catalogue"
MFA_TOTP_TOLERANCE = 1  # the code before and after too: clocks differ, people are slow
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_FORMS = {
    "authenticate": "catalogue.web.account_forms.CodeForm",
    "reauthenticate": "catalogue.web.account_forms.CodeAgainForm",
    "login_webauthn": "catalogue.web.account_forms.PasskeyForm",
    "authenticate_webauthn": "catalogue.web.account_forms.PasskeyCodeForm",
    "reauthenticate_webauthn": "catalogue.web.account_forms.PasskeyAgainForm",
    "add_webauthn": "catalogue.web.account_forms.PasskeyAddForm",
}
# All processes count attempts together. Their table is made by a migration.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "catalogue_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська")]
FORMAT_MODULE_PATH = "forensics.formats"
LOCALE_PATHS = [BASE_DIR / "catalogue" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
MEDIA_ROOT = env.path("MEDIA", BASE_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# The browser is told to run and load nothing but our own files.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_TLS = env.flag("TLS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_TLS
SECURE_HSTS_SECONDS = 31536000 if SECURE_TLS else 0
# The web server in front names who asks, in X-Forwarded-For; without one that header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_TLS else None
SESSION_COOKIE_AGE = 12 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PHOTO_MAX_BYTES = 100 * 1024 * 1024
FILE_MAX_BYTES = 8 * 1024**3  # an archive of photographs, or a file that is none
IMPORT_MAX_BYTES = 50 * 1024 * 1024

# Reading help: the print in regions that show a marking is read by a program and offered to a person.
OCR = env.flag("OCR", False)
OCR_READER = env.text("OCR_READER")  # a program of one's own that reads instead
if OCR and not OCR_READER and not env.installed("rapidocr", "onnxruntime"):
    raise SystemExit("OCR is 1 and what reads is not installed: start with `make run OCR=1`, or leave OCR out.")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["catalogue.api.door.FromMiddleware"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "catalogue.api.negotiation.AlwaysJson",
    "DEFAULT_SCHEMA_CLASS": "catalogue.api.schema.NounSchema",
    "EXCEPTION_HANDLER": "catalogue.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Battlefield component forensics catalogue",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    # Vocabularies that are fixed stand where they are used: as named types they would need made-up names.
    "POSTPROCESSING_HOOKS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
