"""What left the record: snapshots and exports, listed, and removed when their time is over."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from keyworker.access import INSIDE
from keyworker.actions import exports as kept
from keyworker.cli.options import ForPrograms
from keyworker.cli.saying import say
from keyworker.facts import snapshot as snapshots
from keyworker.record.home import home as default_home


def exports(as_json: ForPrograms = False) -> None:
    """Everything that left the record as files, and until when it lives; what is over and unchanged is removed."""
    now, home = datetime.now(UTC), default_home()
    removed = [str(path) for path in kept.expire(home, now)]
    removed += [str(home / "snapshots" / name) for name in snapshots.expire(home, now)]
    listed, broken = kept.listed(home)
    rows = [_exported(one) for one in listed] + [_snapshot(one, home) for one in snapshots.listed(home)]
    rows.sort(key=lambda one: str(one["made_at"]), reverse=True)
    errors = Console(stderr=True)
    for path in broken:
        errors.print(f"{path} is not an entry of this list, and was passed over.", highlight=False, markup=False)
    if as_json:
        print(json.dumps({"exports": rows, "removed": removed}, indent=1))
        return
    for name in removed:
        say(f"{name} had expired and was removed.")
    _show(rows)


def _exported(one: kept.Export) -> dict[str, Any]:
    names = ("what", "made_by", "reason", "door")
    return {
        **{name: getattr(one, name) for name in names},
        "made_at": one.made_at.isoformat(),
        "expires_at": one.expires_at.isoformat(),
        "removed_at": one.removed_at.isoformat() if one.removed_at else None,
        "for_whom": one.for_whom or None,
        "holds_names": one.identifying,
        "state": ", ".join(one.states),
        "files": [file.path for file in one.files],
    }


def _snapshot(one: snapshots.Manifest, home: Path) -> dict[str, Any]:
    return {
        "what": "snapshot",
        "made_by": one.made_by,
        "reason": one.reason,
        "door": "command",
        "made_at": one.made_at.isoformat(),
        "expires_at": one.expires_at.isoformat(),
        "removed_at": None,
        "for_whom": INSIDE.says,
        "holds_names": one.identifying,
        "state": kept.State.HERE.value,
        "files": [str(home / "snapshots" / one.name)],
    }


def _show(rows: list[dict[str, Any]]) -> None:
    if not rows:
        say("Nothing has left the record.")
        return
    for one in rows:
        made, expires = (
            f"{datetime.fromisoformat(one[name]):%d %B %Y}".lstrip("0") for name in ("made_at", "expires_at")
        )
        names = "with names" if one["holds_names"] else "without names"
        more = f" and {len(one['files']) - 1} more" if len(one["files"]) > 1 else ""
        say(f"{one['what']}, {names}, by {one['made_by']} on {made}, until {expires}: {one['state']}")
        say(f"  for: {one['reason']}" + (f"; {one['for_whom']}" if one["for_whom"] else ""))
        say(f"  {one['files'][0]}{more}")


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(exports)
