"""Nested lists and arrays in, the same kind out."""

from typing import Any

import numpy as np


def arrays(*values: Any) -> list[Any]:
    """Return NumPy arrays of one dtype if any value is a list; arrays as they are, None as None."""
    made = [None if v is None else np.asarray(v) for v in values]
    if any(isinstance(v, (list, tuple)) for v in values):
        common = np.result_type(*(a for a in made if a is not None))
        made = [None if a is None else a.astype(common) for a in made]
    return made


def like(given: Any, result: np.ndarray) -> Any:
    """Return a nested list if a nested list was given."""
    return result.tolist() if isinstance(given, (list, tuple)) else result
