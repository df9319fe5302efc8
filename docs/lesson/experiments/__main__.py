"""Measure and write the file that the pages read: `python -m lesson.experiments`."""

from lesson.experiments.measure import main

main()
