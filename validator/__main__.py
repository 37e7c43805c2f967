"""`python -m validator` is the command `indexlint`."""

from validator.entry import run

if __name__ == "__main__":
    run()
