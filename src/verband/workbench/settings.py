"""Settings of an installation. What differs between installations comes from the workspace and the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from verband.language.errors import InputError
from verband.workbench import workspace

BASE_DIR = Path(__file__).resolve().parent
VERBAND_WORKSPACE = workspace.folder()
VERBAND_DOCUMENTS = VERBAND_WORKSPACE / "documents"
VERBAND_REJECTS = VERBAND_WORKSPACE / "rejects"
#: The highest marking this installation may hold; above it only a pointer.
VERBAND_CEILING_TLP = os.environ.get("VERBAND_CEILING_TLP", "RED")
VERBAND_CEILING_CLASSIFICATION = os.environ.get("VERBAND_CEILING_CLASSIFICATION", "ongerubriceerd")
#: A demo workspace says so on every page and hands out a sign-in link for each role.
VERBAND_DEMO = (VERBAND_WORKSPACE / "demo.json").exists()
#: Seconds that a writer waits for another one.
VERBAND_LOCK_WAIT_S = float(os.environ.get("VERBAND_LOCK_WAIT_S", "20"))


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at that URL. Raises InputError("database.url")."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path).removeprefix("/")
            if parts.path.startswith(("//", "/:"))
            else unquote(parts.path),
            "OPTIONS": {
                "timeout": VERBAND_LOCK_WAIT_S,
                "transaction_mode": "IMMEDIATE",
                # Pages of 16 KiB hold most records whole: a third less time for writing many than with 4 KiB.
                "init_command": "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }
    raise InputError("database.url", scheme=parts.scheme)


DATABASES = {"default": database(workspace.database_url())}
SECRET_KEY = (
    workspace.secret_key(VERBAND_WORKSPACE)
    if (VERBAND_WORKSPACE / "workspace.json").exists()
    else os.environ.get("VERBAND_SECRET_KEY", "only-for-work-without-a-workspace")
)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, os.environ.get("VERBAND_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "verband.rooms.audit",
    "verband.rooms.people",
    "verband.rooms.picture",
    "verband.rooms.campaigns",
    "verband.rooms.measures",
    "verband.rooms.exposure",
    "verband.rooms.risk",
    "verband.rooms.response",
    "verband.rooms.reports",
    "verband.workbench",
]
if os.environ.get("VERBAND_JOBS", "1") == "1":
    # The queue of long jobs; short verbs of the command line go without it, as it takes longer to load than they run.
    INSTALLED_APPS += ["django_tasks", "django_tasks_db"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "verband.workbench.gate.ReaderMiddleware",
]
ROOT_URLCONF = "verband.workbench.urls"
WSGI_APPLICATION = "verband.workbench.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "verband.workbench.gate.context",
            ],
            "builtins": ["verband.workbench.templatetags.verband"],
        },
    }
]
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "workbench:picture"
LOGOUT_REDIRECT_URL = "people:login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: Where neither the person nor the browser says which of the two.
LANGUAGE_CODE = "en"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
#: The theme slot: files of the workspace's folder `theme` (theme.css, a logo) stand before our own.
STATICFILES_DIRS = [VERBAND_WORKSPACE / "theme"] if (VERBAND_WORKSPACE / "theme").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2**22

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MESSAGE_TAGS: dict[int, str] = {}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
#: Names of the rooms in the order of the line, with their address names; the navigation shows those a reader may enter.
VERBAND_ROOMS = [
    ("picture", _("Picture"), "workbench:picture"),
    ("picture", _("Incidents"), "picture:incidents"),
    ("picture", _("Told twice"), "picture:same"),
    ("campaigns", _("Campaigns"), "campaigns:list"),
    ("measures", _("Measures"), "measures:list"),
    ("exposure", _("Exposure"), "exposure:list"),
    ("risk", _("Interests and gaps"), "risk:triangle"),
    ("risk", _("Scenarios"), "risk:scenarios"),
    ("risk", _("Watch"), "risk:watch"),
    ("risk", _("The cycle"), "risk:cycle"),
    ("response", _("Response"), "response:list"),
    ("reports", _("Reports"), "reports:list"),
    ("picture", _("Data"), "workbench:data"),
    ("people", _("Organisations"), "people:organisations"),
    ("oversight", _("Oversight"), "workbench:oversight"),
]
