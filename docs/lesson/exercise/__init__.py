"""The `exercise` fence: a question in YAML becomes a form, hints and a worked answer."""

from lesson.exercise.html import render
from lesson.exercise.spec import Exercise, check, read

__all__ = ["Exercise", "check", "read", "render"]
