"""What both ends of a channel give without waiting; the twin of `ends.ts`."""
from world import attempt


def look(log, sender, receiver):
    attempt(log, 'send', lambda: sender.send_nowait('value'))
    attempt(log, 'receive', receiver.receive_nowait)
