"""One change to doubt: what stands in a file becomes something else, and a test should notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """The text at `start` of a file, which `was` one thing and became another.

    `kind` says what a reader would call it: output, prose, word, formula, caption, exercise,
    figure, label, script or kernel. A label says in which `group` of words it stands.
    """

    kind: str
    path: str
    start: int
    was: str
    became: str
    group: str = ""

    def applied(self, text):
        """Return the text of the file with this change."""
        end = self.start + len(self.was)
        if text[self.start : end] != self.was:
            raise ValueError(f"{self.path} has no {self.was!r} at {self.start}")
        return text[: self.start] + self.became + text[end:]

    def place(self, text):
        """Return where it stands: path, line, and the line's text with the change marked.

        Examples
        --------
        >>> from tests.doubt.change import Change
        >>> Change("kernel", "a.py", 12, "+", "-").place("x = 1\\ny = x + 1\\n")
        ('a.py:2', 'y = x [+ → -] 1')
        """
        number = text.count("\n", 0, self.start) + 1
        first = text.rfind("\n", 0, self.start) + 1
        last = text.find("\n", self.start)
        line = text[first : self.start] + f"[{self.was} → {self.became}]"
        line += text[self.start + len(self.was) : last if last >= 0 else len(text)]
        return f"{self.path}:{number}", line.strip()
