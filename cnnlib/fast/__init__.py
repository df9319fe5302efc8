"""Cross-correlation and its gradients in NumPy, computed the way a library really does it.

Every function takes arguments that are already checked: arrays of one floating dtype, the spatial
arguments as tuples with one entry an axis, `padding` as (before, after) pairs.
"""

from cnnlib.fast.correlate import correlate
from cnnlib.fast.grad_input import grad_input
from cnnlib.fast.grad_weight import grad_weight

__all__ = ["correlate", "grad_input", "grad_weight"]
