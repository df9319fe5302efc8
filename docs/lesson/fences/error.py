"""What is wrong with a fence. It needs no YAML, so that figures can be drawn in a browser, too."""


class FenceError(ValueError):
    """What is wrong with a fence; `key` is the YAML key that it is about, where one is."""

    def __init__(self, message, key=None, line=None):
        super().__init__(message)
        self.key, self.line = key, line
