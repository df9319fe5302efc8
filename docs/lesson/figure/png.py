"""A grey picture as a PNG in the page: a few hundred bytes for a handwritten digit."""

import base64
import struct
import zlib

import numpy as np


def data_uri(pixels):
    """Return the (H, W) array of 0 to 255 as a ``data:`` address of an 8-bit grey PNG."""
    rows = np.asarray(pixels, dtype=np.uint8)
    height, width = rows.shape
    lines = b"".join(b"\0" + line.tobytes() for line in rows)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )
    return "data:image/png;base64," + base64.b64encode(png).decode()


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def shades(values):
    """Return values as 0 to 255: 0 is black; with negative values 0 is middle grey.

    Examples
    --------
    >>> import numpy as np
    >>> from lesson.figure.png import shades
    >>> shades(np.array([[0, 5, 10]])), shades(np.array([[-10, 0, 10]]))
    (array([[  0, 128, 255]], dtype=uint8), array([[  0, 128, 255]], dtype=uint8))
    """
    values = np.asarray(values, dtype=float)
    most = np.abs(values).max() or 1.0
    scaled = values / most if values.min() >= 0 else (values / most + 1) / 2
    return np.floor(scaled * 255 + 0.5).astype(np.uint8)
