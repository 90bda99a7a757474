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


LONG = """
import ctypes, sys
from keyworker.facts.heap import one_heap
if sys.argv[1] == "one":
    one_heap()
class Told(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks apart usm fsm used free keep".split()]
library = ctypes.CDLL(None)
library.malloc.restype, library.free.argtypes, library.mallinfo2.restype = ctypes.c_void_p, [ctypes.c_void_p], Told
library.free(library.malloc(8 << 20))
before = library.mallinfo2().apart
library.malloc(4 << 20)
print(library.mallinfo2().apart - before >= 4 << 20)
"""


@pytest.mark.parametrize(("asked", "apart"), [("one", "True"), ("as it comes", "False")])
def test_what_is_long_lies_apart_also_after_something_longer_was_given_back(asked: str, apart: str):
    told = subprocess.run([sys.executable, "-c", LONG, asked], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == apart


ARROW = """
import pyarrow as pa
from keyworker.facts.heap import one_heap
one_heap()
print(pa.default_memory_pool().backend_name)
"""


def test_arrow_takes_its_memory_from_the_one_heap():
    told = subprocess.run([sys.executable, "-c", ARROW], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == "system"
