"""indexlint: checks that an index and its documents agree on IDs, delimiters and metadata."""

__version__ = "0.1.0"
