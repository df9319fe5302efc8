"""What a convolution computes, in NumPy arrays and torch tensors."""
