"""One way to compare two results: shape, dtype, value and gradient, and it asserts."""

from typing import Any

import numpy as np
import torch

TOLERANCE = {
    "float64": 1e-9, "complex128": 1e-9, "float32": 2e-5, "complex64": 2e-5, "float16": 4e-3,
    "bfloat16": 3e-2,
}


def array(value: Any) -> np.ndarray:
    """Return a NumPy array of a NumPy array, a torch tensor or a number."""
    if isinstance(value, torch.Tensor):
        value = value.detach().resolve_conj()
        value = value.float() if value.dtype == torch.bfloat16 else value
        return value.cpu().numpy()
    return np.asarray(value)


def dtype_of(value: Any) -> str:
    """Return the dtype's name in either library."""
    return str(value.dtype).removeprefix("torch.")


def difference(ours: Any, theirs: Any, tolerance: float | None = None) -> str:
    """Say how two results differ, or nothing."""
    if tuple(ours.shape) != tuple(theirs.shape):
        return f"shape {tuple(ours.shape)}, not {tuple(theirs.shape)}"
    if dtype_of(ours) != dtype_of(theirs):
        return f"dtype {dtype_of(ours)}, not {dtype_of(theirs)}"
    if tolerance is None:
        tolerance = TOLERANCE.get(dtype_of(theirs), 0.0)
    a, b = array(ours), array(theirs)
    finite = np.isfinite(b)
    if not np.array_equal(a[~finite], b[~finite], equal_nan=True):
        return f"{a[~finite]} where {b[~finite]} stands"
    if not finite.any():
        return ""
    wide = complex if np.iscomplexobj(b) else float if b.dtype.kind == "f" else b.dtype
    error = np.max(np.abs(a[finite].astype(wide) - b[finite].astype(wide)))
    scale = max(1.0, float(np.max(np.abs(b[finite]))))
    return "" if error <= tolerance * scale else f"values differ by {error} of {scale}"
