"""One way to compare two results: shape, dtype, value and gradient, and it asserts."""

from typing import Any

import numpy as np
import torch
from torch.nn import functional

import cnnlib

TOLERANCE = {
    "float64": 1e-9,
    "complex128": 1e-9,
    "float32": 2e-5,
    "complex64": 2e-5,
    "float16": 4e-3,
    "bfloat16": 3e-2,
}

SIZE = {1: (9,), 2: (7, 8), 3: (5, 6, 4)}
KERNEL = {1: (3,), 2: (3, 2), 3: (2, 3, 1)}


def numbers(*shape: int, dtype: Any = np.float64, seed: int = 0) -> np.ndarray:
    """Return the same random numbers at every call."""
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


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
    wide = {"c": complex, "f": float, "b": int}.get(b.dtype.kind, b.dtype)
    error = np.max(np.abs(a[finite].astype(wide) - b[finite].astype(wide)))
    scale = max(1.0, float(np.max(np.abs(b[finite]))))
    return "" if error <= tolerance * scale else f"values differ by {error} of {scale}"


def agree(ours: Any, theirs: Any, tolerance: float | None = None) -> None:
    """Assert that two results have the same shape, dtype and values."""
    problem = difference(ours, theirs, tolerance)
    assert not problem, problem


def tensor(value: Any) -> Any:
    """Return a torch tensor for a NumPy array (one that asks for gradients if it can)."""
    if not isinstance(value, np.ndarray):
        return value
    made = torch.from_numpy(value.copy())
    return made.requires_grad_() if made.dtype.is_floating_point else made


def check(name: str, *arguments: Any, naive: bool = True, **options: Any) -> np.ndarray:
    """Assert that ``cnnlib.<name>`` agrees with torch on values and gradients, and with the loops.

    The call is made with NumPy arrays, with torch tensors, and by ``cnnlib.naive``; the gradients
    are those of the sum of squares of the output, for every array that went in.
    """
    before = [a.copy() if isinstance(a, np.ndarray) else a for a in arguments]
    ours = getattr(cnnlib, name)(*arguments, **options)
    for was, now in zip(before, arguments, strict=True):
        assert not isinstance(was, np.ndarray) or np.array_equal(was, now), "an input was changed"
    through, theirs = [tensor(a) for a in arguments], [tensor(a) for a in arguments]
    mine = getattr(cnnlib, name)(*through, **options)
    wanted = getattr(functional, name)(*theirs, **options)
    agree(ours, wanted)
    agree(mine, wanted)
    if naive:
        agree(getattr(cnnlib.naive, name)(*arguments, **options), ours)
    if wanted.requires_grad:
        for out in (mine, wanted):
            (out * out).sum().backward()
        for a, b in zip(through, theirs, strict=True):
            if isinstance(b, torch.Tensor) and b.requires_grad:
                agree(a.grad, b.grad)
    return ours
