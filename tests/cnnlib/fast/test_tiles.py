"""The transforms of the tiles, one matrix along the height and then along the width."""

import numpy as np

from cnnlib.fast import tiles

G = np.array([[1.0, 2.0], [3.0, 5.0], [7.0, 11.0]])


def test_a_weight_is_transformed_along_both_axes(monkeypatch):
    monkeypatch.setattr(tiles, "SLICE", 2)  # five filters in three parts
    w = np.arange(60.0).reshape(5, 3, 2, 2)
    got = tiles.transform_weight(w, G)
    assert got.shape == (3, 3, 5, 3)
    for o, c in np.ndindex(5, 3):
        np.testing.assert_allclose(got[:, :, o, c], G @ w[o, c] @ G.T)


def test_every_window_of_a_tile_is_transformed_along_both_axes():
    x = np.arange(2.0 * 1 * 5 * 7).reshape(2, 1, 5, 7) + 1
    b = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 8.0]])  # windows of 3, tiles 2 apart
    got = tiles.forward(x, (-1, -2), (3, 4), b, 2).reshape(2, 2, 3, 2, 4)
    padded = np.pad(x, ((0, 0), (0, 0), (1, 9), (2, 9)))
    for image, i, j in np.ndindex(2, 3, 4):
        window = padded[image, 0, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3]
        np.testing.assert_allclose(got[:, :, i, image, j], b @ window @ b.T)


def test_values_come_back_as_tiles_with_the_bias_added():
    a = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    product = np.arange(9.0 * 2 * 2).reshape(9, 2, 2) ** 2  # (a*a, O, tiles)
    result = np.empty((1, 2, 2, 3))  # two tiles side by side, the second one cut
    tiles.back(result, product, (1, 2), a, np.array([100.0, 200.0]).reshape(2, 1, 1))
    for o in range(2):
        squares = [a @ product[:, o, tile].reshape(3, 3) @ a.T for tile in range(2)]
        want = np.hstack(squares)[:, :3] + 100 * (o + 1)
        np.testing.assert_allclose(result[0, o], want)
