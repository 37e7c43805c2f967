"""The speed of indexlint, side by side with what somebody would run in its place: `python -m benchmarks`."""
