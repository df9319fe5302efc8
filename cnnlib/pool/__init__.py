"""Pooling: the largest or the mean entry of each window."""

from cnnlib.pool.average import avg_pool1d, avg_pool2d, avg_pool3d
from cnnlib.pool.largest import max_pool1d, max_pool2d, max_pool3d

__all__ = ["avg_pool1d", "avg_pool2d", "avg_pool3d", "max_pool1d", "max_pool2d", "max_pool3d"]
