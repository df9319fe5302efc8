"""The literal cases of other projects: d2l, Dumoulin and Visin, CS231n, ONNX, TensorFlow, ..."""

import json
from pathlib import Path

import numpy as np
import pytest

import cnnlib
from cnnlib import layers, naive, shape

CASES = json.loads((Path(__file__).parent / "reference" / "cases.json").read_text("utf-8"))


def of(*names):
    """Return the cases of these operations, named by their ids."""
    chosen = [case for case in CASES if case["op"] in names]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def pairs(case, rank):
    """Return (before, after) for each axis, however the case writes its padding."""
    padding = case["padding"] if isinstance(case["padding"], list) else [case["padding"]] * rank
    return [tuple(p) if isinstance(p, list) else (p, p) for p in padding]


def close(ours, case):
    ours, want = np.asarray(ours), np.asarray(case["expected"], float)
    assert ours.shape == want.shape
    assert np.abs(ours - want).max() <= case.get("tol", 1e-9) * max(1, np.abs(want).max())


@of(
    "cross_correlation1d",
    "cross_correlation2d",
    "cross_correlation3d",
    "true_convolution1d",
    "true_convolution2d",
)
def test_convolutions(case):
    rank = int(case["op"][-2])
    x, w = np.array(case["input"], float), np.array(case["weight"], float)
    if case["op"].startswith("true"):
        w = np.flip(w, axis=tuple(range(2, rank + 2)))
    b = None if case["bias"] is None else np.array(case["bias"], float)
    around = [(0, 0), (0, 0), *pairs(case, rank)]
    x = cnnlib.pad(x, [n for pair in around[::-1] for n in pair])
    options = {name: case[name] for name in ("stride", "dilation", "groups")}
    for room in (cnnlib, naive):
        close(getattr(room, f"conv{rank}d")(x, w, b, **options), case)


@of("conv_transpose2d")
def test_transposed_convolutions(case):
    options = {name: case[name] for name in ("stride", "padding", "dilation", "groups")}
    x, w = np.array(case["input"], float), np.array(case["weight"], float)
    extra = case.get("output_padding", 0)
    close(cnnlib.conv_transpose2d(x, w, output_padding=extra, **options), case)


@of("max_pool2d", "avg_pool2d")
def test_poolings(case):
    options = {name: case[name] for name in ("kernel_size", "stride", "padding")}
    x = np.array(case["input"], float)
    for room in (cnnlib, naive):
        function = getattr(room, case["op"])
        close(function(x, **options, ceil_mode=bool(case.get("ceil_mode"))), case)


@of("pad2d")
def test_paddings(case):
    x = np.array(case["input"], float)
    close(cnnlib.pad(x, (case["padding"],) * 4, case["padding_mode"]), case)


@of("conv2d_shape")
def test_shapes_of_convolutions(case):
    n, c, *_ = case["in_shape"]
    kernel = case["kernel_size"]
    w = shape.weight_shape(c, case["out_channels"], kernel, case["groups"])
    got = shape.conv_output_shape(
        case["in_shape"], w, case["stride"], case["padding"], case["dilation"], case["groups"]
    )
    assert list(got) == case["expected_shape"]
    assert n == got[0]


@of("conv_transpose2d_shape")
def test_shapes_of_transposed_convolutions(case):
    size = shape.conv_transpose_output_size(
        tuple(case["in_shape"][2:]),
        case["kernel_size"],
        case["stride"],
        case["padding"],
        case["output_padding"],
        case["dilation"],
    )
    assert [*case["in_shape"][:1], case["out_channels"], *size] == case["expected_shape"]


@of("im2col_shape")
def test_shapes_of_columns(case):
    x = np.zeros(case["in_shape"], np.float32)
    cols = cnnlib.unfold(x, case["kernel_size"], stride=case["stride"])
    assert list(cols.shape[1:]) == case["expected_shape"]


@of("same_padding_split")
def test_same_padding(case):
    split = shape.same_padding(tuple(case["kernel_size"]), tuple(case["dilation"]))
    assert [list(pair) for pair in split] == case["expected"]


@of("toeplitz_matrix")
def test_a_convolution_is_this_matrix(case):
    image = np.array(case["input"])
    units = np.eye(image.size, dtype=int).reshape(-1, 1, *image.shape)
    columns = cnnlib.conv2d(units, np.array(case["weight"])[None, None])
    assert columns.reshape(image.size, -1).T.tolist() == case["expected"]


@of("inner_product")
def test_inner_product(case):
    assert cnnlib.inner_product(case["input"], case["weight"]) == case["expected"]
    assert naive.inner_product(case["input"], case["weight"]) == case["expected"]


@of("conv2d_params_table")
def test_weights_layer_by_layer(case):
    for row in case["expected"]:
        counted = shape.conv_parameters(row["in"], row["out"], case["kernel_size"], bias=False)
        assert counted == row["weights"]


@of("raises")
def test_a_kernel_that_does_not_fit_is_refused(case):
    c, kernel = case["in_shape"][1], case["kernel_size"]
    with pytest.raises(
        ValueError, match=r"^`weight` must fit in the padded input, got kernel_size"
    ):
        cnnlib.conv2d(
            np.zeros(case["in_shape"]),
            np.zeros((33, c, kernel, kernel)),
            stride=case["stride"],
            dilation=case["dilation"],
        )


@of("params_table")
def test_parameters_of_a_small_network(case):
    want = case["expected"]
    assert shape.conv_parameters(1, 3, 5) == want["conv1"]
    assert shape.conv_parameters(3, 6, 5) == want["conv2"]
    assert shape.linear_parameters(84, 10) == want["fc2"]
    assert sum(want[name] for name in ("conv1", "conv2", "fc1", "fc2")) == want["total"]


def conv(i, o, k, **options):
    return layers.Conv2d(i, o, k, **options)


def blocks(widths):
    """Return VGG's blocks: 3x3 convolutions of these widths, each block ending in a pooling."""
    result, depth = {}, 3
    for number, width in enumerate(w for block in widths for w in (*block, 0)):
        result[str(number)] = conv(depth, width, 3, padding=1) if width else layers.MaxPool2d(2)
        depth = width or depth
    return result


ALEXNET = {
    "conv1": conv(3, 64, 11, stride=4, padding=2),
    "pool1": layers.MaxPool2d(3, 2),
    "conv2": conv(64, 192, 5, padding=2),
    "pool2": layers.MaxPool2d(3, 2),
    "conv3": conv(192, 384, 3, padding=1),
    "conv4": conv(384, 256, 3, padding=1),
    "conv5": conv(256, 256, 3, padding=1),
    "pool5": layers.MaxPool2d(3, 2),
    "flatten": layers.Flatten(),
    "fc6": layers.Linear(9216, 4096),
    "fc7": layers.Linear(4096, 4096),
    "fc8": layers.Linear(4096, 1000),
}
VGG16 = {
    **blocks([[64] * 2, [128] * 2, [256] * 3, [512] * 3, [512] * 3]),
    "flatten": layers.Flatten(),
    "fc6": layers.Linear(25088, 4096),
    "fc7": layers.Linear(4096, 4096),
    "fc8": layers.Linear(4096, 1000),
}


@pytest.mark.parametrize(
    ("name", "network", "digits"),
    [("torchvision_alexnet_params", ALEXNET, 3), ("torchvision_vgg16_params", VGG16, 2)],
)
def test_published_parameters_and_multiply_adds(name, network, digits):
    want = next(case for case in CASES if case["id"] == name)["expected"]
    rows = layers.trace((1, 3, 224, 224), network)
    assert sum(row.parameters for row in rows) == want["num_params"]
    assert round(sum(row.multiply_adds for row in rows) / 1e9, digits) == want["gmacs"]


CHAINS = {
    "d2l_alexnet_224": (
        (1, 1, 224, 224),
        {
            "conv1": conv(1, 96, 11, stride=4, padding=1),
            "pool1": layers.MaxPool2d(3, 2),
            "conv2": conv(96, 256, 5, padding=2),
            "pool2": layers.MaxPool2d(3, 2),
            "conv3": conv(256, 384, 3, padding=1),
            "conv4": conv(384, 384, 3, padding=1),
            "conv5": conv(384, 256, 3, padding=1),
            "pool3": layers.MaxPool2d(3, 2),
            "flatten": layers.Flatten(),
            "fc1": layers.Linear(6400, 4096),
            "fc2": layers.Linear(4096, 4096),
            "fc3": layers.Linear(4096, 10),
        },
    ),
    "torch_tutorial_kr_lenet": (
        (1, 1, 32, 32),
        {
            "c1": conv(1, 6, 5),
            "s2": layers.MaxPool2d(2),
            "c3": conv(6, 16, 5),
            "s4": layers.MaxPool2d(2),
            "flatten": layers.Flatten(),
            "f5": layers.Linear(400, 120),
            "f6": layers.Linear(120, 84),
            "output": layers.Linear(84, 10),
        },
    ),
}


@pytest.mark.parametrize("name", CHAINS)
def test_published_chains_of_shapes(name):
    want = dict(next(case for case in CASES if case["id"] == name)["expected"])
    size, network = CHAINS[name]
    got = {row.name: list(row.output_shape) for row in layers.trace(size, network)}
    assert got == {step: want[step] for step in network}


def test_vgg11_halves_the_image_block_by_block():
    want = next(case for case in CASES if case["id"] == "d2l_vgg11_blocks")["expected"]
    rows = layers.trace((1, 3, 224, 224), blocks([[64], [128], [256] * 2, [512] * 2, [512] * 2]))
    pooled = [list(r.output_shape) for r in rows if isinstance(r.layer, layers.MaxPool2d)]
    assert pooled == [size for name, size in want if name.startswith("b")]


def test_flattening_keeps_the_batch_where_a_published_answer_merged_it():
    want = dict(next(c for c in CASES if c["id"] == "homework_skku_pool_batch_bug")["expected"])
    assert want["flatten"] == [1, 250]
    assert layers.Flatten().output_shape(want["max_pool2"]) == (10, 25)


def test_receptive_fields_are_the_published_ones():
    want = next(case for case in CASES if case["op"] == "receptive_field_table")["expected"]
    alexnet = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]
    assert shape.receptive_field(alexnet) == want["alexnet_v2"][0]
    vgg = layers.trace((3, 224, 224), blocks([[1] * 2, [1] * 2, [1] * 3, [1] * 3, [1] * 3]))
    assert vgg[-1].receptive_field == (want["vgg_16"][0],) * 2
