"""The lecture's claims about CNNs, measured on real handwriting.

`python -m lesson.experiments`, in the repository's folder, chooses a learning rate and a number of
steps for every network on digits set apart for that, trains it from several seeds, and writes
data/experiments.json, which the pages quote.

networks.py    what is compared, and what each network costs
runs.py        one training: which digits, how long, how many it reads
measure.py     the grid, the choice, the seeds, the clock, and the file
"""
