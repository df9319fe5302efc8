"""What the size arithmetic and torch answer: a size, or None where it is refused."""


def torchs(function, *arguments, **options):
    """Return the size that torch gives a row of zeros, or None if it refuses."""
    try:
        return function(*arguments, **options).shape[-1]
    except RuntimeError:
        return None


def ours(function, *arguments, **options):
    try:
        return function(*arguments, **options)
    except ValueError:
        return None
