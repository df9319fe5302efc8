"""The `exercise` fence: a question in YAML becomes a form, hints and a worked answer."""

from cnnlib.lesson.exercise.html import render
from cnnlib.lesson.exercise.spec import Exercise, read

__all__ = ["Exercise", "read", "render"]
