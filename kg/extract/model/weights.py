"""Load and save the weights of the reader: named arrays of integers in one file.

The file is a line that says what it is, the length of a header, the header as JSON (version,
what the weights are, and the name, type, shape and place of each array), the arrays, and the
SHA-256 of all that. So a file that is cut, damaged or of another version is told as such.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.base.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    Array = np.ndarray[Any, np.dtype[Any]]

MAGIC = b"kg reader weights\n"
FORMAT = 3
LENGTH = 8  # bytes of the header's length, least significant first
DIGEST = 32  # bytes of the SHA-256 at the end
SHIPPED = Path(__file__).with_name("reader.weights")
WAY_OUT = "install kg again, or name other weights in KG_READER (rules: do without)"


@dataclass(frozen=True)
class Weights:
    """The weights of one reader.

    Attributes:
        about: What they are: sizes, alphabets, what they were trained on.
        arrays: The arrays by name; they cannot be written to.
        digest: The first 12 hex digits of the SHA-256 of the file.
    """

    about: Mapping[str, Any]
    arrays: Mapping[str, Array]
    digest: str


def save(path: Path, about: Mapping[str, Any], arrays: Mapping[str, Array]) -> str:
    """Write weights to a file; the same weights give the same bytes.

    Returns:
        The digest, as ``Weights`` has it.
    """
    rows, parts, at = [], [], 0
    for name, array in sorted(arrays.items()):
        data = np.ascontiguousarray(array).tobytes()
        rows.append([name, array.dtype.str, list(array.shape), at])
        parts.append(data)
        at += len(data)
    header = json.dumps(
        {"format": FORMAT, "about": dict(about), "arrays": rows, "bytes": at},
        ensure_ascii=False,
        sort_keys=True,
    ).encode()
    content = MAGIC + len(header).to_bytes(LENGTH, "little") + header + b"".join(parts)
    digest = sha256(content)
    path.write_bytes(content + digest.digest())
    return digest.hexdigest()[:12]


def digest_of(path: Path | None = None) -> str:
    """The digest of the weights in a file, as the file itself says: its end, without the rest."""
    weights_path = path or SHIPPED
    try:
        with weights_path.open("rb") as file:
            file.seek(-DIGEST, os.SEEK_END)
            return file.read().hex()[:12]
    except OSError as error:
        raise _unread(weights_path, error) from error


def _unread(path: Path, error: OSError) -> ModelError:
    return ModelError(
        f"{path}: the weights of the reader cannot be read ({error.strerror}); {WAY_OUT}"
    )


def load(path: Path | None = None) -> Weights:
    """Read weights from a file, by default those of this installation.

    Raises:
        ModelError: If the file is missing, no weights, cut, damaged or of another version.
    """
    weights_path = path or SHIPPED
    try:
        stamp = weights_path.stat()
    except OSError as error:
        raise _unread(weights_path, error) from error
    return _load(weights_path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=2)
def _load(path: Path, _changed: int, _size: int) -> Weights:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unread(path, error) from error
    start = len(MAGIC) + LENGTH
    if not data.startswith(MAGIC):
        raise ModelError(f"{path}: holds no weights of the reader; {WAY_OUT}")
    end = start + int.from_bytes(data[len(MAGIC) : start], "little")
    if len(data) < end + DIGEST or sha256(data[:-DIGEST]).digest() != data[-DIGEST:]:
        raise ModelError(
            f"{path}: the weights of the reader are cut or damaged ({len(data)} bytes); {WAY_OUT}"
        )
    header = json.loads(data[start:end])
    if header["format"] != FORMAT:
        raise ModelError(
            f"{path}: has weights of format {header['format']}, this kg reads format {FORMAT}; "
            f"{WAY_OUT}"
        )
    arrays = {
        name: np.frombuffer(data, dtype, int(np.prod(shape)), end + at).reshape(shape)
        for name, dtype, shape, at in header["arrays"]
    }
    return Weights(header["about"], arrays, data[-DIGEST:].hex()[:12])
