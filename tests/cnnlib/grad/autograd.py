"""What torch's autograd makes of a gradient, and ours, from arrays and from tensors."""

import numpy as np
import torch

from tests.cnnlib.oracle import numbers


def autograd(function, *arrays, **options):
    """Return torch's output, a gradient for it, and what becomes of it for every array."""
    leaves = [torch.from_numpy(a).requires_grad_() for a in arrays]
    out = function(*leaves, **options)
    seed = numbers(*out.shape, seed=9)
    return seed, torch.autograd.grad(out, leaves, torch.from_numpy(seed))


def both(function, *arguments, **options):
    """Yield a gradient from NumPy arrays and from torch tensors."""
    yield function(*arguments, **options)
    tensors = [torch.from_numpy(a) if isinstance(a, np.ndarray) else a for a in arguments]
    yield function(*tensors, **options)
