"""Training with cnnlib alone: the same steps as torch takes, and digits that it learns to read."""

import numpy as np
import pytest
import torch
from lesson import weights
from lesson.examples import digits, trained_weights
from lesson.train import Network, accuracy, train
from lesson.wiggle import wiggle

from cnnlib import cross_entropy, grad
from cnnlib.layers import AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU


def torch_twin(net):
    """The same chain in torch.nn, with copies of the same weights."""
    kinds = {
        Conv2d: lambda a: torch.nn.Conv2d(
            a.in_channels, a.out_channels, a.kernel_size, a.stride, a.padding, a.dilation, a.groups
        ),
        MaxPool2d: lambda a: torch.nn.MaxPool2d(a.kernel_size, a.stride, a.padding),
        Linear: lambda a: torch.nn.Linear(a.in_features, a.out_features),
        ReLU: lambda a: torch.nn.ReLU(),
        Flatten: lambda a: torch.nn.Flatten(),
    }
    twin = torch.nn.Sequential()
    for name, layer in net.chain.items():
        twin.add_module(name, kinds[type(layer)](layer))
    twin.load_state_dict({name: torch.tensor(array) for name, array in net.weights.items()})
    return twin


POOLED = {
    "conv1": Conv2d(1, 4, 5, padding=2),
    "relu1": ReLU(),
    "pool1": MaxPool2d(2),
    "conv2": Conv2d(4, 6, 3, stride=2, groups=2),
    "relu2": ReLU(),
    "pool2": MaxPool2d(2),
    "flatten": Flatten(),
    "fc": Linear(24, 10),
}


@pytest.mark.parametrize("chain", [weights.homework_chain(), POOLED], ids=["homework", "pooled"])
def test_the_first_steps_lose_exactly_what_torch_loses(chain):
    images, labels = (part[:320] for part in digits()[0])
    net = Network(chain, seed=3)
    twin = torch_twin(net)
    optimizer = torch.optim.SGD(twin.parameters(), lr=0.05)
    for start in range(0, 320, 32):
        x, y = images[start : start + 32], labels[start : start + 32]
        scores = net.forward(x)
        loss = float(cross_entropy(scores, y))
        net.backward(grad.cross_entropy_input(scores, y))
        net.descend(0.05)
        expected = torch.nn.functional.cross_entropy(twin(torch.tensor(x)), torch.tensor(y))
        optimizer.zero_grad()
        expected.backward()
        optimizer.step()
        assert loss == pytest.approx(expected.item(), rel=2e-5)
    for name, parameter in twin.named_parameters():
        np.testing.assert_allclose(net.weights[name], parameter.detach().numpy(), atol=2e-5)


def test_two_epochs_already_read_most_digits():
    (images, labels), (held, held_labels) = digits()
    net = Network(weights.homework_chain(), seed=0)
    losses = list(train(net, images, labels, epochs=2, rate=0.1))
    assert len(losses) == 2 * (len(images) // 32)
    assert losses[-1] < losses[0] / 3
    assert accuracy(net, held, held_labels) > 0.8


def test_the_same_seed_gives_the_same_training():
    images, labels = (part[:96] for part in digits()[0])
    runs = [
        list(train(Network(POOLED, 1), images, labels, epochs=2, seed=5, change=wiggle))
        for _ in range(2)
    ]
    assert runs[0] == runs[1]


def test_the_committed_weights_read_97_percent_of_the_held_out_digits():
    _, (images, labels) = digits()
    assert accuracy(weights.load(), images, labels) >= 0.97


def test_the_committed_weights_score_the_same_in_torch():
    _, (images, _) = digits()
    net = weights.load()
    with torch.no_grad():
        expected = torch_twin(net)(torch.tensor(images)).numpy()
    np.testing.assert_allclose(net.forward(images), expected, atol=1e-3)


def test_weights_survive_saving_and_loading(tmp_path):
    net = weights.load()
    weights.save(net, tmp_path / "again.bin")
    assert (tmp_path / "again.bin").read_bytes() == weights.FILE.read_bytes()
    assert weights.FILE.stat().st_size <= 160_000


def test_a_cut_weights_file_is_refused_with_its_numbers(tmp_path):
    cut = tmp_path / "cut.bin"
    cut.write_bytes(weights.FILE.read_bytes()[:-2])
    with pytest.raises(ValueError, match=r"must hold 73398 float16 weights, got 73397; .*cut"):
        trained_weights(cut)


def test_a_layer_that_cannot_be_trained_is_named():
    with pytest.raises(TypeError, match="must hold layers that can be trained, got AvgPool2d"):
        Network({"a": AvgPool2d(2)}, 0).forward(np.zeros((1, 1, 4, 4)))
