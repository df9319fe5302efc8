"""What scrolls sideways can be reached: wide tables in a box of their own, and blocks of code.

A Markdown extension that looks at the finished HTML, so that it sees what others have put there.
"""

import re

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
CODE = re.compile(r"(<pre[^>]*>(?:<span></span>)?<code)>")


class Reach(Postprocessor):
    """Puts the box around tables without a class, and lets boxes and code take the focus."""

    def run(self, text):
        """Return the HTML of a page with both."""
        text = TABLE.sub(r'<div class="cnn-scroll" tabindex="0">\g<0></div>', text)
        return CODE.sub(r'\1 tabindex="0">', text)


class ReachExtension(Extension):
    """Runs after everything that puts HTML into the page."""

    def extendMarkdown(self, md):
        """Register the last postprocessor."""
        md.postprocessors.register(Reach(md), "reach", -10)


def makeExtension(**config):
    """Return the Markdown extension."""
    return ReachExtension(**config)
