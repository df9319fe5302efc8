"""What accounts for the numbers of a page: each is computed, bound, quoted or excused.

tokens.py      find what says a number: digits, and the number words of both languages
page.py        a page as blocks, each with the notes that stand after it
cover.py       which note, link, code, equality or source accounts for a number
placing.py     what is already accounted for, and what could be mistaken for something else
equalities.py  worked arithmetic, by what arithmetic.py reads
law.py         formulas with letters, tried on drawn numbers
names.py       what a claim may name; given.py what a fence adds to it
excused.yaml   names, dates and idioms that say no quantity

The notes are comments, which no reader sees; `lesson.claims` describes them. Whatever accounts for
a number must be narrow: a test puts another number in the place of each, and it must be noticed.
"""
