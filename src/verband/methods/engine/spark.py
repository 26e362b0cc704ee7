"""Spark on this machine: `local[2]`, one session, started when the first question comes."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from verband.language.errors import InputError

from .dialect import Question, written
from .stored import Stored

MASTER = "local[2]"


def spark_is_here() -> bool:
    """Whether Java and PySpark are installed."""
    return shutil.which("java") is not None and find_spec("pyspark") is not None


class Spark:
    """Spark SQL over Arrow tables and Parquet files.

    Raises InputError("engine.no_spark") where Java or PySpark is absent.
    """

    name = "spark"

    def __init__(self) -> None:
        if not spark_is_here():
            raise InputError("engine.no_spark")
        self._session: Any = None

    def answer(
        self, question: Question, *, relations: Mapping[str, Any], parameters: Mapping[str, float | int] | None = None
    ) -> Any:
        """See Engine.answer."""
        text = written(question, dialect="spark", parameters=parameters or {})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            session = self._started()
            for name, table in relations.items():
                rows = (
                    session.read.parquet(*table.paths) if isinstance(table, Stored) else session.createDataFrame(table)
                )
                rows.createOrReplaceTempView(name)
            return session.sql(text).toArrow()

    def stop(self) -> None:
        """End the session; the next question starts another."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def _started(self) -> Any:
        if self._session is None:
            from pyspark.sql import SparkSession

            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            builder = SparkSession.builder.master(MASTER).appName("verband")
            for key, value in _SETTINGS.items():
                builder = builder.config(key, value)
            self._session = builder.getOrCreate()
            self._session.sparkContext.setLogLevel("ERROR")
        return self._session


_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.driver.maxResultSize": "1g",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",
}
