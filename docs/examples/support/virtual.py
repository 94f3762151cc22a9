"""The virtual clock of the specs, for the Python twins: idle time is skipped, and waiting for ever is an error."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / 'spec/conformance/asyncio/support'))

from virtual import DeadlockError, VirtualLoop

__all__ = ['DeadlockError', 'VirtualLoop']
