"""DL: what bounds documents, headers, rows and regions."""

from __future__ import annotations

from validator.rules.delimiters.broken_table import broken_table
from validator.rules.delimiters.byte_order_mark import byte_order_mark
from validator.rules.delimiters.conflict_marker import conflict_marker
from validator.rules.delimiters.delimiter_in_body import delimiter_in_body
from validator.rules.delimiters.final_newline import final_newline
from validator.rules.delimiters.line_ending import line_ending
from validator.rules.delimiters.list_delimiter import list_delimiter
from validator.rules.delimiters.malformed_delimiter import malformed_delimiter
from validator.rules.delimiters.missing_delimiter import missing_delimiter
from validator.rules.delimiters.missing_header import missing_header
from validator.rules.delimiters.row_width import row_width
from validator.rules.delimiters.second_header import second_header
from validator.rules.delimiters.text_before_header import text_before_header
from validator.rules.delimiters.text_outside_delimiters import text_outside_delimiters
from validator.rules.delimiters.unbalanced_delimiter import unbalanced_delimiter
from validator.rules.delimiters.unclosed_header import unclosed_header
from validator.rules.delimiters.unexpected_header import unexpected_header
from validator.rules.delimiters.unpaired_marker import unpaired_marker
from validator.rules.rule import errors

RULES = errors(
    missing_header,
    unexpected_header,
    unclosed_header,
    text_before_header,
    malformed_delimiter,
    byte_order_mark,
    line_ending,
    final_newline,
    missing_delimiter,
    unbalanced_delimiter,
    text_outside_delimiters,
    delimiter_in_body,
    row_width,
    broken_table,
    unpaired_marker,
    list_delimiter,
    conflict_marker,
    second_header,
)
