"""The tables of the tokens, as the web framework makes and upgrades them."""

from __future__ import annotations

from django.apps import AppConfig


class Api(AppConfig):
    """Tokens of other systems."""

    name = "keyworker.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
