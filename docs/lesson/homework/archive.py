"""The files of a class: single ones, folders with folders in them, zip archives.

Nothing is unpacked to the disk, links are not followed, and no file takes more memory than a
hand-in may. The grading page reads archives the same way (docs/theme/cnn/homework/archive.js).
"""

import zlib
from collections.abc import Iterator
from pathlib import Path

from lesson.homework.handin import LARGEST, Unreadable

MOST_FILES = 5000
LARGEST_ARCHIVE = 256 * 2**20
Entry = tuple[str, bytes | Unreadable]


def collect(path: Path) -> Iterator[Entry]:
    """Yield (name, content or the reason that it has none) for a file, a folder or an archive."""
    if path.is_dir() and not path.is_symlink():
        inside = (each for each in sorted(path.rglob("*")) if not _is_folder(each))
        for each in inside:
            name = each.relative_to(path).as_posix()
            if not _hidden(name):
                yield from _file(each, name)
    else:
        yield from _file(path, path.name)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and path.suffix.lower() != ".json"


def _hidden(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts)


def _file(path: Path, name: str) -> Iterator[Entry]:
    if path.is_symlink():
        yield name, Unreadable("link")
    elif not path.is_file():
        yield name, Unreadable("no-file")
    elif not name.lower().endswith((".json", ".zip")):
        yield name, Unreadable("suffix")
    else:
        archive = name.lower().endswith(".zip")
        try:
            with path.open("rb") as file:
                data = file.read((LARGEST_ARCHIVE if archive else LARGEST) + 1)
        except OSError:
            yield name, Unreadable("closed")
            return
        yield from unzip(name, data) if archive else [(name, data)]


def unzip(archive: str, data: bytes) -> Iterator[Entry]:
    """Yield the files of a zip archive, each under the archive's name."""
    if len(data) > LARGEST_ARCHIVE:
        yield archive, Unreadable("large", most=LARGEST_ARCHIVE)
        return
    try:
        listed = list(_directory(data))
    except (ValueError, IndexError):
        yield archive, Unreadable("broken-zip")
        return
    for name, flags, method, size, start in listed[:MOST_FILES]:
        if name.endswith("/") or _hidden(name):
            continue
        try:
            yield f"{archive}/{name}", _content(data, name, flags, method, size, start)
        except Unreadable as reason:
            yield f"{archive}/{name}", reason
    if len(listed) > MOST_FILES:
        yield archive, Unreadable("many", most=MOST_FILES)


def _number(data: bytes, place: int, length: int) -> int:
    if place < 0 or place + length > len(data):
        raise ValueError("past the end")
    return int.from_bytes(data[place : place + length], "little")


def _directory(data: bytes) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield (name, flags, method, packed size, place) from the directory at the archive's end."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65557))
    if end < 0:
        raise ValueError("no end")
    count, place = _number(data, end + 10, 2), _number(data, end + 16, 4)
    for _ in range(count):
        if _number(data, place, 4) != 0x02014B50:
            raise ValueError("no entry")
        flags, method, packed = (
            _number(data, place + at, n) for at, n in ((8, 2), (10, 2), (20, 4))
        )
        name, extra, comment = (_number(data, place + at, 2) for at in (28, 30, 32))
        start = _number(data, place + 42, 4)
        _number(data, place + 46, name)  # all of it is there
        yield _named(data[place + 46 : place + 46 + name], flags), flags, method, packed, start
        place += 46 + name + extra + comment


def _named(raw: bytes, flags: int) -> str:
    """Return a name: UTF-8, or the Korean code page that Windows writes without saying so."""
    for encoding in ("utf-8",) if flags & 0x800 else ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _content(data: bytes, name: str, flags: int, method: int, packed: int, start: int) -> bytes:
    if name.lower().endswith(".zip"):
        raise Unreadable("zip-in-zip")
    if not name.lower().endswith(".json"):
        raise Unreadable("suffix")
    if flags & 1:
        raise Unreadable("locked")
    try:
        first = start + 30 + _number(data, start + 26, 2) + _number(data, start + 28, 2)
        _number(data, first, packed)
    except ValueError:
        raise Unreadable("broken-entry") from None
    body = data[first : first + packed]
    if method == 0:
        return body[: LARGEST + 1]
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(body, LARGEST + 1) if method == 8 else None
    except zlib.error:
        content = None
    if content is None or (len(content) <= LARGEST and (not unpacker.eof or unpacker.unused_data)):
        raise Unreadable("broken-entry")
    return content
