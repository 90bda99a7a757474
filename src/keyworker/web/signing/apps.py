"""The tables of the sign-ins, as the web framework makes and upgrades them."""

from __future__ import annotations

from django.apps import AppConfig


class Signing(AppConfig):
    """Sign-ins, beside the framework's own users."""

    name = "keyworker.web.signing"
    label = "signing"
    default_auto_field = "django.db.models.BigAutoField"
