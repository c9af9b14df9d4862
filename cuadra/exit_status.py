"""What the exit status says. A document that cannot be read goes before a finding."""

READ_ALL = 0
SOME_UNREADABLE = 1
WRONG_USAGE = 2
FOUND = 3
INTERRUPTED, TERMINATED = 130, 143  # as shells say it: 128 + SIGINT, 128 + SIGTERM
