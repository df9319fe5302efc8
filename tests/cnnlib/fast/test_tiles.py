"""The transforms of the tiles, one matrix along the height and then along the width."""

import numpy as np

from cnnlib.fast import tiles
from tests.cnnlib.fast.shapes import windows

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
    got = tiles.forward("values", x, (-1, -2), (3, 4), b, 2).reshape(2, 2, 3, 2, 4)
    padded = np.pad(x, ((0, 0), (0, 0), (1, 9), (2, 9)))
    for image, i, j in np.ndindex(2, 3, 4):
        window = padded[image, 0, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3]
        np.testing.assert_allclose(got[:, :, i, image, j], b @ window @ b.T)


def test_values_come_back_as_tiles_with_the_bias_added():
    last = np.array([[1.0, 2.0, 3.0, 1.0], [4.0, 5.0, 6.0, 1.0]])  # the last column is the bias's
    product = np.arange(9.0 * 2 * 2).reshape(9, 2, 2) ** 2  # (a*a, O, tiles)
    result = np.empty((1, 2, 2, 3))  # two tiles side by side, the second one cut
    tiles.back(result, product, (1, 2), last, np.array([100.0, 200.0]))
    a = last[:, :3]
    for o in range(2):
        squares = [a @ product[:, o, tile].reshape(3, 3) @ a.T for tile in range(2)]
        want = np.hstack(squares)[:, :3] + 100 * (o + 1)
        np.testing.assert_allclose(result[0, o], want)


def test_a_dilated_layer_falls_into_images_of_every_so_many_th_pixel():
    g = windows((4, 5), (2, 2), padding=(1, 0), dilation=(2, 3))
    x = np.arange(20.0).reshape(1, 1, 4, 5)
    images, each = tiles.split(x, g)
    assert images.shape[:2] == (6, 1)
    assert each.out == (2, 1)
    assert each.dilation == (1, 1)
    assert images[3, 0, :, 0].tolist() == [0, 10, 0]  # row 1 of the frame, then every second
