"""The command as a process of its own."""

from __future__ import annotations

import gc
import os
import sys


def run() -> None:
    """Run the command, and end the process with its exit code.

    It ends without taking apart what it has built: of a large corpus that takes longer than some runs do. Nor does it
    look for cycles in it, not even while modules are imported: these have some, which stay, and the command's own
    values have none.
    """
    gc.disable()
    from contextlib import suppress  # noqa: PLC0415 - see above

    try:
        from validator.start import main  # noqa: PLC0415 - as above

        code = main()
    except KeyboardInterrupt:
        code = 2
        with suppress(OSError, AttributeError):  # Nobody may be there to hear it.
            sys.stderr.write("indexlint: interrupted\n")
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # Whoever read it may be gone.
            if stream is not None:
                stream.flush()
    os._exit(code)
