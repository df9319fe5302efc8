"""The homework: a network for every student number, checked replies, graded hand-ins."""
