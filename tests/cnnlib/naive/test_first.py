"""The loops that begin the course."""

import numpy as np

import cnnlib
from cnnlib import naive


def test_correlate2d_takes_lists_and_arrays():
    image = [[10 * i + j for j in range(4)] for i in range(3)]
    kernel = [[1, 2], [3, 4]]
    want = cnnlib.conv2d(np.array([image]), np.array([[kernel]]))[0].tolist()
    assert naive.correlate2d(image, kernel) == want
    assert naive.correlate2d(np.array(image), np.array(kernel)) == want
