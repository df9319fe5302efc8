"""A concept inventory of convolution: twenty items in two parallel forms.

items.json  what each item measures, its numbers in both forms, the three mistakes to choose
words.json  the words around the items, in both languages
items.py    an item becomes a question with four choices: three are computed by making a mistake
html.py     both forms as they stand without a script, and the lecturer's key

It is for before and after teaching. Each wrong choice is what `lesson.misconception` computes for
the same numbers with one mistake made, so that a choice tells the mistake; both forms offer the
same mistakes in every item.
"""
