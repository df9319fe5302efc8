"""What runs a page's code in the reader's browser: one session a page, in Python compiled to wasm.

`needs` says which statements cannot run there, `session` runs the others and compares what they
print with what the page recorded, `marks` offers every block of a page for running. This room needs
the standard library alone but for `marks`: it is packed for the browser as it stands.
"""
