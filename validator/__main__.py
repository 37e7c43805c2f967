"""`python -m validator` is the command `indexlint`."""

import sys

from validator.start import main

if __name__ == "__main__":
    sys.exit(main())
