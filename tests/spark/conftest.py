"""A real cluster on this machine: a driver and two workers, each a process of its own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

# Tables of a few rows: what takes the time is Java itself, not the rows. On a cluster of real size none of this holds.
SMALL = {
    "spark.ui.enabled": "false",
    "spark.driver.memory": "1g",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.heartbeatInterval": "60s",  # a machine that does much else answers late
    "spark.locality.wait": "0",
    "spark.network.timeout": "600s",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",  # so that joins do go from worker to worker
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "2",
}
ENDS_WITHIN_SECONDS = 30


@pytest.fixture(scope="session")
def cluster() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("keyworker tests")
    session = builder.config(map=SMALL).getOrCreate()
    workers = workers_of(session)
    yield session
    session.stop()
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    while any(is_alive(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.2)
    assert not [worker for worker in workers if is_alive(worker)], "a worker was left running"


def workers_of(session: SparkSession) -> set[int]:
    """The process of each worker: that which runs a task's Python is its child's child."""
    children = session.sparkContext.parallelize(range(8), 8).map(lambda _: os.getppid()).collect()
    return {parent_of(child) for child in children}


def parent_of(process: int) -> int:
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    return int(told.rpartition(")")[2].split()[1])


def is_alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()
