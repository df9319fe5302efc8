"""Functions that the reader writes: tasks, and a judge that runs in the reader's browser.

task.py      what a task is
windows.py   tasks about sums over windows of one plane
planes.py    tasks about several channels
sizes.py     tasks about sizes and counts
edges.py     tasks about what stands around an image
back.py      tasks about gradients and the way back
tasks.py     all of them by name
texts.json   what is asked, and what each wrong solution has got wrong, in both languages
judge.py     runs a reader's function against the right one, and names what went wrong
html.py      a task as it stands without a script

A wrong solution is a function like the right one, with one mistake in it. Where the reader's
answers are those of a wrong solution, case by case, the reader is told of its mistake. A test tells
all of them apart.
"""
