"""Reads figures back: the numbers, classes and marks that the page shows."""

import json
import xml.etree.ElementTree as ET
from fractions import Fraction

import yaml
from lesson.figure import render
from lesson.figure.text import parsed


def fence(**values):
    """Return the fence's YAML."""
    return yaml.safe_dump({"id": "figure", **values}, allow_unicode=True)


class Drawing:
    """A figure as its reader gets it."""

    def __init__(self, kind, lang="ko", **values):
        self.html = render(kind, fence(**values), lang)
        self.root = ET.fromstring(self.html.replace("xlink:href", "href"))
        self.spec = json.loads(self.root.get("spec"))

    def grids(self, role):
        """Return the ``<svg>`` of every plane of a role, by channel."""
        return self.root.findall(f".//svg[@data-role='{role}']")

    def numbers(self, role):
        """Return the planes of a role as nested lists of numbers."""
        return [plane(svg) for svg in self.grids(role)]

    def sums(self):
        """Return each line of arithmetic as (its terms' values, the result that it shows)."""
        lines = self.root.findall(".//p[@class]")
        return [
            (
                [value_of(text_of(term)) for term in line.findall("span[@class]") if is_term(term)],
                parsed(line.find("span[@class='cnn-result']/b").text),
            )
            for line in lines
            if "cnn-sum" in line.get("class").split() and line.find(".//b") is not None
        ]


def plane(svg):
    """Return the numbers of a drawn plane, placed by the cells' data attributes."""
    cells = {place: parsed(cell.find("text").text) for place, cell in cells_of(svg).items()}
    rows, columns = (1 + max(axis) for axis in zip(*cells, strict=True))
    assert len(cells) == rows * columns
    return [[cells[r, c] for c in range(columns)] for r in range(rows)]


def cells_of(svg):
    """Return the cells of a plane by (row, column)."""
    return {
        (int(cell.get("data-r")), int(cell.get("data-c"))): cell
        for cell in svg.findall(".//g[@data-r]")
    }


def marked(svg, style):
    """Return the places of the cells that have the class."""
    return {place for place, cell in cells_of(svg).items() if style in cell.get("class").split()}


def is_term(span):
    return "cnn-term" in span.get("class").split()


def text_of(node):
    return "".join(node.itertext())


def value_of(term):
    """Return what ``2·(−1)`` or ``bias 10`` comes to."""
    value = Fraction(1)
    for part in term.split()[-1].split("·"):
        value *= Fraction(str(parsed(part)))
    return float(value)
