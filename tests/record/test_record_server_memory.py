"""How much memory the embedded server takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from keyworker.record.server.memory import buffers, of_this_machine


@pytest.mark.parametrize(
    ("mebibytes", "taken"), [(512, "256MB"), (2048, "256MB"), (4096, "512MB"), (8192, "1024MB"), (65536, "1024MB")]
)
def test_the_server_takes_an_eighth_of_the_memory_within_bounds(mebibytes: int, taken: str) -> None:
    assert buffers(mebibytes) == taken


def test_a_container_has_no_more_memory_than_it_may_use(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    whole = of_this_machine(limit)
    limit.write_text("max\n")
    assert of_this_machine(limit) == whole
    limit.write_text(f"{64 << 20}\n")
    assert of_this_machine(limit) == 64
