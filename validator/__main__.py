"""`python -m validator` is the command `indexlint`."""

from validator.start import run

if __name__ == "__main__":
    run()
