"""One heap for all threads: what a process says of its own memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

THREADS = """
import ctypes, sys, threading
from keyworker.facts.heap import one_heap
if sys.argv[1] == "one":
    one_heap()
library = ctypes.CDLL(None)
together = threading.Barrier(3)
def take():
    together.wait()
    library.malloc(1000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.malloc_stats()
"""


@pytest.mark.parametrize(("asked", "heaps"), [("one", 1), ("as it comes", 4)])
def test_threads_have_a_heap_each_until_one_heap_is_asked_for(asked: str, heaps: int):
    """Three threads that hold memory at the same time, beside the first."""
    told = subprocess.run(
        [sys.executable, "-c", THREADS, asked], check=True, capture_output=True, text=True, timeout=60
    ).stderr
    assert told.count("Arena ") == heaps
