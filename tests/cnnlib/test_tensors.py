"""torch tensors through the fast room: over the same memory, with every gradient torch has."""

import itertools
import tracemalloc

import numpy as np
import pytest
import torch
from torch.autograd import forward_ad, gradcheck, gradgradcheck
from torch.nn import functional

from cnnlib import _check, conv1d, conv2d, conv3d, conv_transpose2d, fast, tensors
from tests.cnnlib.oracle import agree, numbers
from tests.cnnlib.programs import said

OPTIONS = [
    {},
    {"stride": 2, "padding": 1},
    {"stride": (1, 2), "padding": ((1, 0), (0, 2)), "dilation": (2, 1)},
    {"groups": 2, "padding": "same"},
    {"stride": 3, "dilation": 2, "padding": 2, "groups": 2},
]
SUBSETS = [s for n in (1, 2, 3) for s in itertools.combinations(("input", "weight", "bias"), n)]


def leaf(*shape, seed=0, dtype=torch.float64):
    """Return a tensor that asks for its gradient."""
    return torch.from_numpy(numbers(*shape, seed=seed)).to(dtype).requires_grad_()


def layer(groups=1, dtype=torch.float64):
    """Return input, weight and bias of a small layer."""
    return (
        leaf(2, 4, 5, 6, dtype=dtype),
        leaf(2, 4 // groups, 3, 2, seed=1, dtype=dtype),
        leaf(2, seed=2, dtype=dtype),
    )


@pytest.fixture
def seen(monkeypatch):
    """Keep what the fast room is given, sum by sum."""
    given = []

    def keeping(function):
        def call(*arguments):
            given.append(arguments)
            return function(*arguments)

        return call

    for name in ("correlate", "grad_input", "grad_weight"):
        monkeypatch.setattr(fast, name, keeping(getattr(fast, name)))
    return given


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_gradients_are_the_slopes_and_theirs_too(options, seen):
    given = layer(options.get("groups", 1))
    assert gradcheck(lambda *a: conv2d(*a, **options), given)
    assert gradgradcheck(lambda *a: conv2d(*a, **options), given)
    assert seen, "the fast room computed"


@pytest.mark.parametrize(
    ("function", "x", "w"),
    [(conv1d, (1, 2, 7), (3, 2, 3)), (conv3d, (1, 2, 3, 4, 3), (2, 2, 2, 1, 2))],
)
def test_other_ranks_have_their_gradients(function, x, w):
    given = (leaf(*x), leaf(*w, seed=1))
    assert gradcheck(lambda *a: function(*a, stride=2, padding=1), given)
    assert gradgradcheck(lambda *a: function(*a, stride=2, padding=1), given)


@pytest.mark.parametrize("options", [{}, {"stride": 2, "padding": 1, "output_padding": 1}], ids=str)
def test_a_transposed_convolution_has_its_gradients(options):
    given = (leaf(1, 2, 3, 3), leaf(2, 2, 3, 2, seed=1), leaf(2, seed=2))
    assert gradcheck(lambda *a: conv_transpose2d(*a, **options), given)
    assert gradgradcheck(lambda *a: conv_transpose2d(*a, **options), given)


@pytest.mark.parametrize("subset", SUBSETS, ids="+".join)
def test_any_subset_may_ask_for_its_gradient(subset):
    def backward(function):
        named = dict(zip(("input", "weight", "bias"), layer(), strict=True))
        for name, tensor in named.items():
            tensor.requires_grad_(name in subset)
        out = function(**named, padding=1)
        (out * out).sum().backward()
        return {name: tensor.grad for name, tensor in named.items()}

    ours, theirs = backward(conv2d), backward(functional.conv2d)
    for name, wanted in theirs.items():
        if name in subset:
            agree(ours[name], wanted)
        else:
            assert ours[name] is None


def test_no_gradient_is_asked_for_in_no_grad_and_inference_mode():
    x, w, b = layer()
    for context in (torch.no_grad(), torch.inference_mode()):
        with context:
            out = conv2d(x, w, b)
        assert not out.requires_grad
        assert out.grad_fn is None
    assert conv2d(x.detach(), w.detach()).grad_fn is None
    assert conv2d(x.detach(), w).requires_grad


def test_detached_and_shared_parts_get_the_sum_of_their_gradients():
    x, w = leaf(1, 2, 4, 4), leaf(2, 2, 3, 3, seed=1)
    given = leaf(1, 2, 4, 4), leaf(2, 2, 3, 3, seed=1)
    for function, (a, b) in ((conv2d, (x, w)), (functional.conv2d, given)):
        out = function(function(a, b, padding=1), b, padding=1)
        out.square().sum().backward()
    agree(x.grad, given[0].grad)
    agree(w.grad, given[1].grad)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_strange_memory_is_read_right(dtype, seen):
    x, w, b = (a.detach() for a in layer(dtype=dtype))
    want = functional.conv2d(x, w, b)
    strange = {
        "channels last": x.to(memory_format=torch.channels_last),
        "every second": x.repeat_interleave(2, dim=3)[..., ::2],
        "turned": x.flip(3).flip(3),
        "transposed": x.transpose(2, 3).contiguous().transpose(2, 3),
    }
    for each in strange.values():
        agree(conv2d(each, w, b), want)
    once = x[:1].expand(3, -1, -1, -1)
    agree(
        conv2d(once, w.transpose(2, 3).contiguous().transpose(2, 3), b),
        want[:1].expand(3, *want.shape[1:]),
    )
    assert len(seen) == 5


def test_an_expanded_gradient_is_one_like_any_other():
    x, w, _ = layer()
    conv2d(x, w, padding=1).sum().backward()  # torch hands back one number, stretched
    a, b, _ = layer()
    functional.conv2d(a, b, padding=1).sum().backward()
    agree(x.grad, a.grad)
    agree(w.grad, b.grad)


def test_a_gradient_in_another_memory_order_is_read_right():
    x, w, _ = layer()
    out = conv2d(x, w)
    grad = torch.from_numpy(numbers(*out.shape, seed=5))
    last = grad.to(memory_format=torch.channels_last)
    ours = torch.autograd.grad(out, (x, w), last)
    theirs = torch.autograd.grad(functional.conv2d(x, w), (x, w), grad)
    for mine, wanted in zip(ours, theirs, strict=True):
        agree(mine, wanted)


def test_the_tensors_own_memory_is_read_and_nothing_copied(seen):
    x, w, b = (a.detach() for a in layer())
    conv2d(x, w, b)
    (given,) = seen
    for array, tensor in zip(given[:3], (x, w, b), strict=True):
        assert np.shares_memory(array, tensor.numpy())


def test_the_result_comes_back_over_its_own_memory(monkeypatch):
    made = np.ones((2, 2, 3, 5))
    monkeypatch.setattr(fast, "correlate", lambda *_: made)
    x, w, b = (a.detach() for a in layer())
    assert np.shares_memory(conv2d(x, w, b).numpy(), made)


def test_a_call_takes_no_memory_for_a_copy_of_its_input():
    x, w = torch.ones(1, 8, 512, 512), torch.ones(1, 8, 1, 1)
    conv2d(x, w)
    tracemalloc.start()
    out = conv2d(x, w)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken < out.numel() * 4 + x.numel() * 4 / 8


def test_the_output_is_a_copy_that_later_calls_leave_alone():
    x, w, b = (a.detach() for a in layer())
    out = conv2d(x, w, b)
    kept = out.clone()
    conv2d(2 * x, w, b)
    assert torch.equal(out, kept)
    assert conv2d(x, torch.ones(4, 1, 1, 1).double(), groups=4).data_ptr() != x.data_ptr()


def test_what_is_changed_in_place_after_the_call_is_refused_as_in_torch():
    for function in (conv2d, functional.conv2d):
        x, w, _ = layer()
        moved = x * 1
        out = function(moved, w)
        moved.add_(1)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            out.sum().backward()


def test_a_method_reaches_the_fast_room(seen):
    x, w, b = layer()
    conv2d(x, w, b, method="im2col")
    conv2d(x.detach(), w.detach(), method="exact")
    assert [given[4] for given in seen] == ["im2col", "exact"]
    with pytest.raises(ValueError, match=r"^`method` must be one of"):
        conv2d(x, w, b, method="magic")


BATCH = torch.from_numpy(numbers(3, 2, 4, 5, 6))
WEIGHT = torch.from_numpy(numbers(2, 4, 3, 2, seed=1))


def test_vmap_over_images_and_over_filters():
    over_images = torch.func.vmap(lambda x: conv2d(x, WEIGHT, padding=1))(BATCH)
    agree(over_images, torch.stack([functional.conv2d(x, WEIGHT, padding=1) for x in BATCH]))
    two = BATCH[..., :2, :, :]
    back = torch.func.vmap(lambda y: conv_transpose2d(y, WEIGHT, stride=2))(two)
    agree(back, torch.stack([functional.conv_transpose2d(y, WEIGHT, stride=2) for y in two]))
    filters = torch.stack([WEIGHT, 2 * WEIGHT, -WEIGHT])
    over_filters = torch.func.vmap(lambda w: conv2d(BATCH[0], w))(filters)
    agree(over_filters, torch.stack([functional.conv2d(BATCH[0], w) for w in filters]))


@pytest.mark.parametrize(
    "transform",
    [torch.func.grad, torch.func.hessian, torch.func.jacrev, torch.func.jacfwd],
    ids=lambda t: t.__name__,
)
def test_functional_transforms_are_torchs(transform):
    weight, image = WEIGHT[:1, :2, :2], BATCH[0, :1, :2]

    def loss(function):
        return lambda w: (function(image, w, padding=1) ** 3).sum()

    agree(transform(loss(conv2d))(weight), transform(loss(functional.conv2d))(weight))


def test_functional_gradients_of_each_image_apart():
    def loss(function):
        return lambda w, x: (function(x, w) ** 2).sum()

    def each(function):
        return torch.func.vmap(torch.func.grad(loss(function)), in_dims=(None, 0))(WEIGHT, BATCH)

    agree(each(conv2d), each(functional.conv2d))


def test_forward_mode_carries_the_slope_along():
    x, along = BATCH[0], BATCH[1]
    want = functional.conv2d(along, WEIGHT)
    agree(torch.func.jvp(lambda x: conv2d(x, WEIGHT), (x,), (along,))[1], want)
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(x, along)
        agree(forward_ad.unpack_dual(conv2d(dual, WEIGHT)).tangent, want)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_has_its_gradients_through_the_kernels(dtype, seen):
    given = layer(dtype=dtype)
    conv2d(*given).float().square().sum().backward()
    theirs = layer(dtype=dtype)
    functional.conv2d(*theirs).float().square().sum().backward()
    for mine, wanted in zip(given, theirs, strict=True):
        agree(mine.grad, wanted.grad, 0.05)
    assert not seen


def test_meta_tensors_have_shapes_and_gradients_without_numbers():
    x, w, _ = (a.detach().to("meta").requires_grad_() for a in layer())
    out = conv2d(x, w, padding=1)
    assert out.is_meta
    out.sum().backward()
    assert x.grad.shape == x.shape


def test_a_parameter_is_shared_and_another_subclass_is_not():
    class Named(torch.Tensor):
        """A tensor that would see every call."""

    x = torch.ones(1, 1, 3, 3)
    assert tensors.can_share(_check.namespace(x=x), x, torch.nn.Parameter(x), None)
    assert not tensors.can_share(_check.namespace(x=x), x, x.as_subclass(Named))


def test_a_training_step_of_a_small_network_is_torchs():
    def trained(conv):
        x, w = torch.from_numpy(numbers(4, 1, 6, 6)), leaf(3, 1, 3, 3, seed=1)
        optimizer = torch.optim.SGD([w], lr=0.1)
        for _ in range(5):
            optimizer.zero_grad()
            scores = torch.relu(conv(x, w, padding=1)).mean((2, 3))
            functional.cross_entropy(scores, torch.tensor([0, 1, 2, 0])).backward()
            optimizer.step()
        return w.detach()

    agree(trained(conv2d), trained(functional.conv2d))


ALONE = """
import sys
import numpy as np
import cnnlib
for name in ("conv2d", "conv_transpose2d"):
    getattr(cnnlib, name)(np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)))
cnnlib.grad.conv2d_weight(np.ones((1, 1, 4, 4)), (1, 1, 2, 2), np.ones((1, 1, 3, 3)))
cnnlib.max_pool2d(np.ones((1, 4, 4), int), 2)
print(any(name.partition(".")[0] == "torch" for name in sys.modules))
"""


def test_torch_is_not_imported_unless_a_tensor_arrives():
    assert said(ALONE) == "False\n"
