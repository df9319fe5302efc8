"""How long a test waits for what takes its time."""

FIRST = 60_000  # Python starts in seconds, on a busy machine in many
