"""All tasks by name, in the order of the lessons."""

from lesson.coding import back, edges, planes, sizes, windows

TASKS = {
    "inner-product": windows.INNER_PRODUCT,
    "four-loops": windows.CROSS_CORRELATE,
    "over-channels": planes.OVER_CHANNELS,
    "strided": windows.STRIDED,
    "zero-padding": edges.ZERO_PAD,
    "max-pooling": windows.MAX_POOL,
    "reflected": edges.REFLECT_PAD,
    "dilated": windows.DILATED,
    "grouped": planes.GROUPED,
    "output-size": sizes.OUTPUT_SIZE,
    "parameters": sizes.PARAMETERS,
    "im2col": windows.IM2COL,
    "weight-gradient": back.WEIGHT_GRADIENT,
    "input-gradient": back.INPUT_GRADIENT,
    "spread": back.TRANSPOSED,
}
