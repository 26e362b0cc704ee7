"""How a row or object that cannot be read is told: line, field, reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from verband.language.errors import InputError
from verband.language.records import Reject

#: A rejected text is kept up to here; the whole of it is in the raw document.
TEXT = 2_000


def rejected(line: int, error: InputError, *, key: str = "", text: str = "") -> Reject:
    """The reject that an error means: its reason the English sentence with its hint, its field the one in `params`."""
    field = str(error.params.get("field", ""))
    return Reject(line=line, key=key, field=field, code=error.code, reason=str(error), text=text[:TEXT])


@contextmanager
def in_field(field: str) -> Iterator[None]:
    """Whatever is wrong inside is wrong with this field, unless the error already names one."""
    try:
        yield
    except InputError as error:
        if "field" in error.params:
            raise
        raise InputError(error.code, **error.params, field=field) from error
