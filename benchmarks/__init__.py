"""How fast cnnlib's convolutions are beside torch, SciPy, OpenCV and plain NumPy."""
