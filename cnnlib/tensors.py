"""torch tensors through the fast engine: over the same memory, with gradients.

The loss ``<y, x * w>`` is linear in input ``x``, weight ``w`` and output ``y``, and a layer's three
sums are its gradients: leave out one of the three, and the other two give it.

    left out      given     the sum
    output  y     x, w      correlate    (and a bias, added at every position)
    input   x     y, w      grad_input
    weight  w     x, y      grad_weight

So one ``autograd.Function`` serves all three, and its backward pass is the same function again: put
the gradient in the place that was left out, and leave out another one.  Gradients of gradients, and
of those, follow without a further line.

torch is imported when the first tensor arrives, never before.
"""

from functools import cache
from typing import Any, cast

from cnnlib import fast
from cnnlib._check import Array, Namespace
from cnnlib.geometry import Geometry

PLACES = {"input": "x", "weight": "w", "output": "y"}


def can_share(xp: Namespace, *arrays: Any) -> bool:
    """Return whether NumPy can read all of these tensors where they lie.

    Meta and device tensors, half precision, and what ``torch.func``, forward-mode differentiation
    or ``torch.compile`` have wrapped, go through ``cnnlib.kernels`` instead.
    """
    if not xp.__name__.endswith("torch"):
        return False
    import torch

    dtype = arrays[0].dtype
    if dtype is not torch.float32 and dtype is not torch.float64:
        return False
    if torch._C._functorch.peek_interpreter_stack() is not None or torch.compiler.is_compiling():
        return False
    if torch.autograd.forward_ad._current_level >= 0:
        return False
    plain = (torch.Tensor, torch.nn.Parameter)
    return not [a for a in arrays if a is not None and not (type(a) in plain and a.is_cpu)]


def total(left_out: str, g: Geometry, **given: Array | str | None) -> Array:
    """Return the sum that ``left_out`` names ('output', 'input', 'weight') of the other two."""
    import torch

    method = given.pop("method", "auto")
    parts: list[Any] = [given.get(name) for name in "xwyb"]
    if torch.is_grad_enabled() and any(p is not None and p.requires_grad for p in parts):
        return cast(Array, _function().apply(left_out, g, method, *parts))
    return _sum(left_out, g, method, parts)


def _sum(left_out: str, g: Geometry, method: Any, parts: list[Any]) -> Array:
    """Compute one sum on the tensors' own memory."""
    import torch

    arrays: list[Any] = [None if part is None else part.detach().numpy() for part in parts]
    x, w, y, b = arrays
    if left_out == "output":
        result = fast.correlate(x, w, b, g, method)
    elif left_out == "input":
        result = fast.grad_input(y, w, g)
    else:
        result = fast.grad_weight(x, y, g)
    return cast(Array, torch.from_numpy(result))


@cache
def _function() -> Any:
    """Return the ``autograd.Function``; it is a class of torch's, so it is made when torch is."""
    import torch

    class Total(torch.autograd.Function):
        """One of the three sums, whose gradients are the other two."""

        @staticmethod
        def forward(ctx: Any, left_out: str, g: Geometry, method: str, *parts: Any) -> Any:
            ctx.left_out, ctx.g = left_out, g
            ctx.save_for_backward(*parts)
            return _sum(left_out, g, method, list(parts))

        @staticmethod
        def backward(ctx: Any, grad: Any) -> Any:
            parts = dict(zip("xwyb", ctx.saved_tensors, strict=True))
            parts[PLACES[ctx.left_out]] = grad
            needed = dict(zip("xwyb", ctx.needs_input_grad[3:], strict=True))
            gradients = {
                place: total(
                    name, ctx.g, **{k: v for k, v in parts.items() if k not in (place, "b")}
                )
                for name, place in PLACES.items()
                if needed[place]
            }
            if needed["b"]:
                gradients["b"] = grad.sum(dim=(0, *range(2, grad.ndim)))
            return None, None, None, *(gradients.get(place) for place in "xwyb")

    return Total
