"""The web framework's settings, made from a database's address and a council's own name and colour."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from keyworker.intake.attached import MOST_BYTES
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.reminders.machine import Machine
from keyworker.web.signing.policy import Policy
from keyworker.web.signing.service import Service

HERE = Path(__file__).parent
HOSTS = ["127.0.0.1", "localhost", "[::1]"]
FAST = "django.contrib.auth.hashers.MD5PasswordHasher"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Council:
    """How a council's pages introduce themselves.

    Takes   name; colour, dark enough for white words to stand on it, as #rrggbb; code, its three-digit code in
            published figures, such as 873 (empty: found by its name, where that is a council's).
    Raises  KeyworkerError when the colour is not one, or is too light to be read against.
    """

    name: str = "Council not named yet"
    colour: str = "#1d5a73"
    code: str = ""

    def __post_init__(self) -> None:
        if not COLOUR.fullmatch(self.colour):
            raise KeyworkerError("The council's colour must look like #1d5a73.", where="KEYWORKER_COUNCIL_COLOUR")
        if contrast_with_white(self.colour) < 4.5:
            raise KeyworkerError(
                "White words cannot be read on the council's colour.",
                where="KEYWORKER_COUNCIL_COLOUR",
                remedy="Choose a darker colour: a contrast of 4.5 to 1 with white is needed.",
            )


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of a colour with white, as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def configure(
    conninfo: str,
    council: Council,
    policy: Policy,
    service: Service | None = None,
    *,
    reminders: Machine | None = None,
    secret: str = "",
    fast_passwords: bool = False,
) -> None:
    """Set the web framework up, once in a process.

    Takes   conninfo, the database's address in the door's role; policy, what is asked of whoever signs in;
            service, the council's own sign-in service; reminders, how they are sent; secret, what signs cookies (a
            new one when absent, which signs everybody out at each start); fast_passwords, for tests only.
    """
    if settings.configured:
        return
    hasher = FAST if fast_passwords else "keyworker.web.signing.hashing.CostlyScrypt"
    settings.configure(
        SECRET_KEY=secret or secrets.token_urlsafe(48),
        KEYWORKER_COUNCIL=council,
        KEYWORKER_SIGN_IN=policy,
        KEYWORKER_OPENID=service,
        KEYWORKER_REMINDERS=reminders,
        DATABASES={"default": database(conninfo)},
        PASSWORD_HASHERS=[hasher],
        **FIXED,
        **(shared(policy) if policy.is_shared else ALONE),
    )
    django.setup()


def database(conninfo: str) -> dict[str, Any]:
    """The web framework's description of a database whose tables lie in the schema `web`."""
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    options = f"{parts.pop('options', '')} -c search_path=web".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "options": options},
    }


def shared(policy: Policy) -> dict[str, Any]:
    """The settings of pages that other machines reach by TLS: cookies that no other host and no plain request carry."""
    return {
        "ALLOWED_HOSTS": [policy.host],
        "CSRF_TRUSTED_ORIGINS": [policy.address],
        "SESSION_COOKIE_NAME": "__Host-keyworker-session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-keyworker-form",
        "CSRF_COOKIE_SECURE": True,
    }


MOST_SENT = MOST_BYTES + 128 * 1024
"""So large is the largest form: the largest file that may be attached, and what stands around it."""
ALONE: dict[str, Any] = {
    "ALLOWED_HOSTS": HOSTS,
    "SESSION_COOKIE_NAME": "keyworker-session",
    "CSRF_COOKIE_NAME": "keyworker-form",
}
"""For pages that serve this machine alone, without TLS."""

FIXED: dict[str, Any] = {
    "DEBUG": False,
    "ROOT_URLCONF": "keyworker.web.urls",
    "INSTALLED_APPS": [
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "keyworker.web.signing.apps.Signing",
        "keyworker.web.api.apps.Api",
    ],
    "MIDDLEWARE": [
        "keyworker.web.guards.StrictHeaders",
        "django.middleware.gzip.GZipMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "keyworker.web.guards.OneHost",
        "keyworker.web.api.serving.Programs",
        "keyworker.web.pacing.Unhurried",
        "keyworker.web.guards.FormsOnly",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "keyworker.web.bodies.NotesWhoIsIn",
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        "keyworker.web.handed.HandedToAChild",
        "keyworker.web.shown.ShownSecret",
        "keyworker.web.guards.WordsForErrors",
        "keyworker.web.guards.KeepableText",
        "keyworker.web.guards.OneTable",
        "keyworker.web.drafting.DraftsThatWereSent",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [HERE / "templates"],
            "OPTIONS": {
                "string_if_invalid": "",
                "libraries": {"pages": "keyworker.web.tags"},
                "loaders": [
                    ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
                ],
            },
        }
    ],
    "LANGUAGE_CODE": "en-gb",
    "TIME_ZONE": "Europe/London",
    "USE_TZ": True,
    "USE_I18N": False,
    "STATIC_URL": "/static/",
    "WHITENOISE_ROOT": None,
    "WHITENOISE_AUTOREFRESH": False,
    "WHITENOISE_USE_FINDERS": False,
    "WHITENOISE_MAX_AGE": 3600,
    "WHITENOISE_MIMETYPES": {".webmanifest": "application/manifest+json"},
    "STATIC_ROOT": str(HERE / "static"),
    "LOGIN_URL": "sign-in",
    "LOGIN_REDIRECT_URL": "home",
    "SESSION_ENGINE": "keyworker.web.signing.sessions",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Strict",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Strict",
    "CSRF_FAILURE_VIEW": "keyworker.web.views.problems.form_too_old",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "AUTH_PASSWORD_VALIDATORS": [],
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 256 * 1024,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 100,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 1,
    # What is attached is sealed before it is kept anywhere, so that on its way it must lie in no file.
    "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
    "FILE_UPLOAD_MAX_MEMORY_SIZE": MOST_SENT,
    "LOGGING": {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"routes": {"()": "keyworker.web.logs.RoutesNotPaths"}},
        "formatters": {"plain": {"()": "keyworker.web.logs.NoValues", "format": "%(levelname)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["routes"], "formatter": "plain"}},
        "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
    },
}
