"""FS: the files themselves."""

from __future__ import annotations

from validator.rules.files.invisible_character import invisible_character
from validator.rules.files.name_clash import name_clash
from validator.rules.files.not_a_regular_file import not_a_regular_file
from validator.rules.files.not_utf8 import not_utf8
from validator.rules.files.path_escape import path_escape
from validator.rules.files.symbolic_link import symbolic_link
from validator.rules.files.too_deep import too_deep
from validator.rules.files.too_large import too_large
from validator.rules.files.unreadable import unreadable
from validator.rules.rule import errors, warnings

RULES = (
    *errors(
        not_utf8,
        unreadable,
        not_a_regular_file,
        symbolic_link,
        path_escape,
        name_clash,
        too_large,
        too_deep,
    ),
    *warnings(
        invisible_character,
    ),
)
