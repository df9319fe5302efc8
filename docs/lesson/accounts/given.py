"""What a fence says and computes, as names for the claims that stand after it.

An exercise has the names of its `given` and ``answer``; a figure has its keys, with ``input`` and
``weight`` as arrays, and ``output``, what it computes; a network's table has ``parameters``, those
of all layers, and ``output_shape``. Arrays that a key names are looked up.
``given`` is the mapping of all keys, for those whose names a page uses itself.
"""

import numpy as np
import yaml

import cnnlib
from lesson import exercise
from lesson.examples import example
from lesson.figure import RENDER, adjoint, shapes


def names(fence):
    """Return the names that a fence's text, with its marks, gives to a claim.

    Examples
    --------
    >>> from lesson.accounts.given import names
    >>> said = names("```conv1d\\ninput: [1, 2, 3]\\nweight: [1, 1]\\nstride: 1\\n```")
    >>> said["stride"], said["output"]
    (1, array([3, 5]))
    """
    head, _, rest = fence.partition("\n")
    kind, body = head.strip("` "), rest[: rest.rindex("\n```")]
    keys = yaml.safe_load(body) if kind not in ("python", "pycon") else None
    if not isinstance(keys, dict):
        return {}
    given = {**keys, **keys.get("given", {})}
    said = {name: _array(value) for name, value in given.items()}
    if "given" in keys:
        said["answer"] = exercise.read(body, "ko").answer
    elif kind.startswith("conv") and adjoint.render is RENDER[kind]:
        output = adjoint.compute(kind, keys)[1].output
        said["output"] = output[0] if len(output) == 1 else output
    elif kind.startswith("conv"):
        said["output"] = _convolved(said, int(kind[4]))
    elif kind == "shapes":
        rows = shapes.traced(keys["input"], keys["layers"])
        said["parameters"] = sum(row.parameters for row in rows)
        said["output_shape"] = rows[-1].output_shape
    return {**said, "given": given}


def _array(value):
    """Return the array that a key lists or names, or the value as it is."""
    if isinstance(value, str):
        try:
            return example(value)
        except ValueError:
            return value
    try:
        return np.array(value) if isinstance(value, list) and isinstance(value[0], list) else value
    except ValueError:  # rows of different lengths: layers
        return value


def _convolved(said, rank):
    """Return what the figure shows: a plane, if its input is one."""
    x, w = np.asarray(said["input"]), np.asarray(said["weight"])
    options = {key: said[key] for key in ("stride", "padding", "dilation", "groups") if key in said}
    w = np.flip(w, range(-rank, 0)) if said.get("flip") else w
    bias = np.array(said["bias"]) if "bias" in said else None
    y = getattr(cnnlib, f"conv{rank}d")(
        x.reshape((1,) * (rank + 1 - x.ndim) + x.shape),
        w.reshape((1,) * (rank + 2 - w.ndim) + w.shape),
        bias,
        **options,
    )
    return y[0] if x.ndim == rank else y
