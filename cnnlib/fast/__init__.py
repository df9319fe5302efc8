"""Cross-correlation and its gradients in NumPy, computed the way a library really does it.

Every function takes arguments that are already checked: arrays of float32 or float64, and the
geometry that says where the windows lie.  ``table`` says which strategy computes a layer, and a
strategy is one file that begins with its idea.  What they share:

    frames   views of windows, copies into padded frames
    cost     what a layer costs in products, copies and calls
    phases   every s-th row and column, for strides
    product  matrix products in pieces that a BLAS does not pack
    blocks   a layer cut into blocks, and the blocks shared between threads
    scratch  memory that is kept between calls

Kept between calls: scratch of at most 32 MiB a thread, a pool of threads once a layer is worth
one (a forked child makes its own), and which strategy and tile a geometry gets.
"""

from cnnlib.fast.dispatch import METHODS, correlate, grad_input, grad_weight

__all__ = ["METHODS", "correlate", "grad_input", "grad_weight"]
