"""Blocks of Python: what their copy button copies, and whether they can be run in the page.

The copy button of a ``pycon`` block copies the code alone, without prompts and output.
"""

from html import escape

from markdown.extensions import Extension

from lesson.running.marks import marks


def statements(console):
    """Return the code of an interactive session: what follows ``>>>`` and ``...``.

    A Traceback's ``...`` line is output, not code: only lines right below a prompt continue it.
    """
    code, inside = [], False
    for line in console.splitlines():
        inside = line.startswith(">>>") or (inside and line.startswith("..."))
        if inside:
            code.append(line[4:])
    return "\n".join(code)


def highlight(source, language, css_class, options, md, *, classes, id_value, attrs, **_):
    """Format a fence as Pygments does, with the bare code of a session in ``data-copy``."""
    attrs = {**attrs, **marks(md, source)}
    if language == "pycon":
        attrs["data-copy"] = escape(statements(source))  # Pygments writes it as it stands
    return md.preprocessors["fenced_code_block"].highlight(
        source, language, options, md, classes=classes, id_value=id_value, attrs=attrs
    )


class Console(Extension):
    """Register the fences with pymdownx.superfences, which must come before this extension."""

    def extendMarkdown(self, md):
        """Add the fences to the superfences extension that is already there."""
        fences = md.preprocessors["fenced_code_block"].extension
        for name in ("pycon", "python"):
            fences.extend_super_fences(
                name,
                lambda src="", language="", options=None, md=None, **rest: highlight(
                    src, language, "", options, md, **rest
                ),
                lambda language, inputs, options, attrs, md: _settings(md, inputs, attrs),
                lambda md: None,
            )


def _settings(md, inputs, attrs):
    md.preprocessors["fenced_code_block"].get_hl_settings()
    attrs.update(inputs)
    return True


def makeExtension(**config):
    """Return the Markdown extension."""
    return Console(**config)
