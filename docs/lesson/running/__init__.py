"""What runs a page's code in the reader's browser: one session a page, in Python compiled to wasm.

`needs` says which statements cannot run there, `session` runs the others and compares what they
print with what the page recorded, `whole` makes up for what differs there, `marks` offers every
block of a page for running. The room needs NumPy alone: it is packed for the browser as it stands,
but for `marks`, the builder's.
"""
