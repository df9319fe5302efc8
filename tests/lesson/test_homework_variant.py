"""A student number's network: always valid, equally hard, never a neighbour's, torch's shapes."""

import pytest
import torch
import torch.nn.functional as F
from lesson.homework.steps import apply, code, steps
from lesson.homework.variant import LECTURE, fnv1a, mulberry32, normalise, variant

from cnnlib import conv2d, linear, relu

NUMBERS = [str(20260000 + 7 * i) for i in range(9000)] + [f"C{i:05}" for i in range(1000)]
LECTURE_SHAPES = [(10, 3, 16, 16), (10, 10, 12, 12), (10, 1440), (10, 50), (10, 10)]


@pytest.fixture(scope="module")
def networks():
    return [variant(number) for number in NUMBERS]


def torch_shapes(network):
    """The shapes that torch finds on its meta device, which computes nothing else."""
    x, shapes = torch.empty(network.input, device="meta"), []
    for layer in network.layers:
        if layer.kind == "conv":
            k = layer.kernel_size
            weight = torch.empty(layer.outs, x.shape[1], k, k, device="meta")
            x = F.conv2d(x, weight, stride=layer.stride, padding=layer.padding)
        elif layer.kind == "pool":
            x = F.max_pool2d(x, layer.kernel_size, layer.stride)
        elif layer.kind == "flatten":
            x = torch.flatten(x, 1)
        else:
            x = F.linear(x, torch.empty(layer.outs, x.shape[1], device="meta"))
        shapes.append(tuple(x.shape))
    return shapes


def test_without_a_number_it_is_the_lectures_network():
    assert variant("") is LECTURE
    assert [step.after for step in steps(LECTURE)] == LECTURE_SHAPES == torch_shapes(LECTURE)


def test_the_lectures_network_computes_the_same_in_torch_and_cnnlib():
    torch.manual_seed(0)
    images = torch.rand(LECTURE.input)
    net = torch.nn.ModuleDict({
        "conv1": torch.nn.Conv2d(1, 3, kernel_size=5),
        "conv2": torch.nn.Conv2d(3, 10, kernel_size=5),
        "fc1": torch.nn.Linear(1440, 50),
        "fc2": torch.nn.Linear(50, 10),
    })  # fmt: skip
    x, y, seen = images, images.numpy(), []
    for layer in LECTURE.layers:
        if layer.kind == "flatten":
            x, y = torch.flatten(x, 1), y.reshape(len(y), -1)
        else:
            module = net[layer.name]
            weights = [p.detach().numpy() for p in (module.weight, module.bias)]
            x, y = module(x), (conv2d if layer.kind == "conv" else linear)(y, *weights)
            if layer.name != "fc2":
                x, y = torch.relu(x), relu(y)
        seen.append(y.shape)
    assert seen == LECTURE_SHAPES
    torch.testing.assert_close(torch.from_numpy(y), x.detach())


def test_every_numbers_answers_are_torchs_shapes(networks):
    wrong = [n.number for n in networks
             if [step.after for step in steps(n)] != torch_shapes(n)]  # fmt: skip
    assert wrong == []


def test_every_network_is_equally_hard(networks):
    for network in networks:
        first, second = (layer for layer in network.layers if layer.kind == "conv")
        assert {first.stride, second.stride} == {1, 2}
        assert sorted([bool(first.padding), bool(second.padding)]) == [False, True]
        for step in steps(network)[:3]:
            size, padding, kernel, stride, _ = step.blanks
            dropped = (size + 2 * padding - kernel) % stride
            assert bool(dropped) == (step.layer.kind == "conv" and stride == 2)


def test_neighbours_have_different_inputs():
    numbers = [*range(20260000, 20260400), *range(9990, 10020), *range(40)]
    pairs = [(variant(str(n)), variant(str(n + 1))) for n in numbers]
    assert all(one.size != other.size for one, other in pairs)


def test_few_of_ten_thousand_share_a_network(networks):
    assert len({(n.input, n.layers) for n in networks}) > 9900


def test_the_generator_is_the_published_one():
    """FNV-1a's own test vectors; mulberry32 as its author's JavaScript gives it."""
    assert fnv1a(b"") == 0x811C9DC5
    assert fnv1a(b"a") == 0xE40C292C
    assert fnv1a(b"foobar") == 0xBF9CF968
    draws = mulberry32(1)
    assert [next(draws) for _ in range(3)] == [2693262067, 11749833, 2265367787]


def test_a_networks_number_never_changes():
    """Students keep their papers: the network of a number is a promise."""
    assert code(variant("20260001")) == "\n".join([
        "net = nn.Sequential(OrderedDict(",
        "    conv1=nn.Conv2d(1, 8, kernel_size=5, padding=1),",
        "    relu1=nn.ReLU(),",
        "    pool=nn.MaxPool2d(2),",
        "    conv2=nn.Conv2d(8, 18, kernel_size=3, stride=2),",
        "    relu2=nn.ReLU(),",
        "    flatten=nn.Flatten(),",
        "    fc1=nn.LazyLinear(60),",
        "    relu3=nn.ReLU(),",
        "    fc2=nn.Linear(60, 7),",
        "))",
        "images = torch.rand(29, 1, 30, 30)",
    ])  # fmt: skip


def test_the_code_of_a_network_runs_and_gives_the_last_answer():
    names = {}
    source = "import torch\nfrom torch import nn\nfrom collections import OrderedDict\n"
    exec(source + code(variant("7")), names)
    assert tuple(names["net"](names["images"]).shape) == steps(variant("7"))[-1].after


@pytest.mark.parametrize("text", ["2026-0001", " 2026 0001 ", "２０２６０００１", "2026_0001"])
def test_one_number_has_many_spellings(text):
    assert normalise(text) == "20260001"


@pytest.mark.parametrize("text", ["<b>", "학번", "../../etc", "1" * 21, "1;2", "=1"])
def test_what_is_no_student_number_is_refused(text):
    with pytest.raises(ValueError, match="`number` must be at most 20 digits"):
        normalise(text)


def test_a_layer_refuses_a_shape_of_other_axes():
    with pytest.raises(ValueError, match="must have 4 axes"):
        apply(LECTURE.layers[0], (10, 1440))
    with pytest.raises(ValueError, match="must fit in the padded input"):
        apply(LECTURE.layers[0], (10, 1, 3, 3))


def test_all_numbers_but_the_pooling_differ_in_a_network(networks):
    """So that no wrong answer is right by accident."""
    for network in networks[:1000]:
        values = [network.batch, network.channels, network.size]
        values += [layer.outs for layer in network.layers if layer.outs]
        values += [step.after[2] for step in steps(network)[:3]]
        assert len(set(values)) == len(values)
