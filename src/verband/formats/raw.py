"""A file as bytes: its digest, gzip read as it is, and everything that is no text refused with a way out."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verband.formats.limits import LIMITS, Limits
from verband.language.errors import InputError

_GZIP = b"\x1f\x8b"
#: What a file starts with that is surely no text, and its name in the error.
_FOREIGN = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "old Office"),
    (b"%PDF", "PDF"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x89PNG", "PNG"),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: A compressed piece this long never becomes more than 17 MiB, so that the bound is checked in time.
_PIECE = 1 << 14
_HEAD = 1 << 16


@dataclass(frozen=True)
class RawFile:
    """A file that can be read. `size` and `sha256` are of the bytes as they lie on disk, `head` is already inflated."""

    path: Path
    size: int
    sha256: str
    compressed: bool
    head: bytes
    limits: Limits
    #: What tells that nobody wrote to the file since: when it last changed, its size and which file it is.
    state: tuple[int, int, int]

    @property
    def name(self) -> str:
        """The file's name without its folder; bytes that are no UTF-8, and what would move a terminal, as escapes."""
        return printable(self.path.name)

    @property
    def bom(self) -> str:
        """The encoding that a byte order mark declares, empty where there is none."""
        return next((encoding for mark, encoding in _BOMS if self.head.startswith(mark)), "")

    def pieces(self) -> Iterator[bytes]:
        """The content, inflated, piece by piece.

        Raises InputError("file.bomb"), ("file.too_large"), ("file.gzip_damaged"), ("file.gzip_truncated"), or
        ("file.changed") where the file is another one now than when it was looked at.
        """
        if self.compressed:
            with self._unchanged():
                yield from _inflated(self.path, self.limits)
            return
        self._bound(self.size, self.limits.file_bytes)
        with self._unchanged(), self.path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                yield piece

    def read(self) -> bytes | bytearray:
        """The whole content, inflated; at most `json_bytes` of it. Raises what `pieces` raises."""
        limit = min(self.limits.file_bytes, self.limits.json_bytes)
        if not self.compressed:
            self._bound(self.size, limit)
            with self._unchanged():
                return self.path.read_bytes()
        whole = bytearray()
        for piece in self.pieces():
            whole += piece
            self._bound(len(whole), limit)
        return whole

    def check_unchanged(self) -> None:
        """Raises InputError("file.changed") where somebody wrote to the file or replaced it since it was looked at."""
        with self._unchanged():
            pass

    def _bound(self, size: int, limit: int) -> None:
        if size > limit:
            raise InputError("file.too_large", file=self.name, limit_mib=limit >> 20)

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Whatever was read inside is what was looked at."""
        try:
            yield
            now = _state(self.path.stat())
        except OSError as error:
            raise _unreadable(self.path, error) from error
        if now != self.state:
            raise InputError("file.changed", file=self.name)

    def open(self) -> io.BufferedReader:
        """The content, inflated, as a stream. Reading raises what `pieces` raises."""
        return io.BufferedReader(_Stream(self.pieces()), 1 << 16)


def look_at(path: Path | str, *, limits: Limits = LIMITS) -> RawFile:
    """What is known of a file before its content is read.

    Raises InputError("file.missing"), ("file.folder"), ("file.not_a_file") for a device or a pipe, ("file.empty"),
    ("file.foreign") for something that is no text (a spreadsheet, a zip, a PDF), ("file.binary"), ("file.too_large"),
    or what reading gzip raises.
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError("file.folder", file=printable(str(path)))
        if not stat.S_ISREG(mode):
            raise InputError("file.not_a_file", file=printable(str(path)))
        with path.open("rb") as stream:
            before = os.fstat(stream.fileno())
            if before.st_size > limits.file_bytes:
                raise InputError("file.too_large", file=printable(path.name), limit_mib=limits.file_bytes >> 20)
            start = stream.read(_HEAD)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    compressed = start.startswith(_GZIP)
    if compressed:
        start = next((piece for piece in _inflated(path, limits) if piece), b"")[:_HEAD]
    _refuse_foreign(path, start)
    return RawFile(path, size, digest, compressed, start, limits, _state(before))


def printable(name: str) -> str:
    """A name as it can be kept and shown: whatever is no visible character is written as an escape."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_size, found.st_ino


def _unreadable(path: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("file.missing", file=printable(str(path)))
    return InputError(
        "file.unreadable", file=printable(str(path)), reason=getattr(error, "strerror", None) or str(error)
    )


def known_encoding(name: str) -> str:
    """The same name where it is an encoding of text. Raises InputError("text.unknown_encoding")."""
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name).close()
    except (LookupError, ValueError) as error:
        raise InputError("text.unknown_encoding", encoding=name) from error
    return name


def _refuse_foreign(path: Path, start: bytes) -> None:
    if not start.strip() or start in (mark for mark, _ in _BOMS):
        raise InputError("file.empty", file=printable(path.name))
    for mark, kind in _FOREIGN:
        if start.startswith(mark):
            raise InputError("file.foreign", file=printable(path.name), kind=kind)
    if start.startswith(_GZIP):
        raise InputError("file.foreign", file=printable(path.name), kind="gzip in gzip")
    if b"\x00" in start and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError("file.binary", file=printable(path.name), offset=start.index(b"\x00"))


def _inflated(path: Path, limits: Limits) -> Iterator[bytes]:
    taken = given = 0
    inflate = zlib.decompressobj(31)
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            taken += len(piece)
            while piece:
                if inflate.eof:
                    piece = piece.lstrip(b"\x00")
                    if not piece:
                        break
                    inflate = zlib.decompressobj(31)
                try:
                    out = inflate.decompress(piece)
                except zlib.error as error:
                    raise InputError("file.gzip_damaged", file=printable(path.name), offset=taken) from error
                piece = inflate.unused_data
                given += len(out)
                _refuse_bomb(path, limits, taken, given)
                yield out
    if not inflate.eof:
        raise InputError("file.gzip_truncated", file=printable(path.name), offset=taken)


def _refuse_bomb(path: Path, limits: Limits, taken: int, given: int) -> None:
    if given > limits.file_bytes:
        raise InputError("file.too_large", file=printable(path.name), limit_mib=limits.file_bytes >> 20)
    if given > limits.free_bytes and given > limits.ratio * taken:
        raise InputError("file.bomb", file=printable(path.name), ratio=given // taken, limit=limits.ratio)


class _Stream(io.RawIOBase):
    """A readable stream over pieces of bytes."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
