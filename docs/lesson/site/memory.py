"""Results that are slow to make, kept on the disk between builds."""

import hashlib
import pickle
from pathlib import Path


def remember(folder, make, *given):
    """Return `make(*given)`, or what it was the last time for the same arguments and code."""
    source = Path(make.__code__.co_filename).read_bytes()
    mark = hashlib.sha256(source + pickle.dumps(_settled(given))).hexdigest()[:24]
    place = Path(folder) / f"{make.__name__}-{mark}.pickle"
    if place.exists():
        place.touch()  # it is still in use
        return pickle.loads(place.read_bytes())
    place.parent.mkdir(parents=True, exist_ok=True)
    made = make(*given)
    place.write_bytes(pickle.dumps(made))
    return made


def _settled(given):
    """Return arguments in a form that is the same in every run: sets have no order of their own."""
    if isinstance(given, set):
        return sorted(given)
    if isinstance(given, dict):
        return sorted((key, _settled(each)) for key, each in given.items())
    if isinstance(given, (list, tuple)):
        return [_settled(each) for each in given]
    return _settled(vars(given)) if hasattr(given, "__dict__") else given


def forget(folder, most=500):
    """Keep what was used last, no more than `most` results."""
    places = sorted(Path(folder).glob("*.pickle"), key=lambda each: each.stat().st_mtime)
    for place in places[:-most]:
        place.unlink()
