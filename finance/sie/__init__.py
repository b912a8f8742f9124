"""SIE, the Swedish file format between bookkeeping systems (SIE filformat ver 4B, sie.se).

`file` says what a file holds, `reading` takes one in (types 1 to 4), `writing` makes one of type 4I for the host's
ledger, `encoding` tells the two alphabets apart, `rows` is the grammar of a row. No Django.
"""

from .file import Balance, Line, Period, SieFile, Voucher, Year
from .movements import Movement, movements
from .reading import read_sie
from .writing import write_sie

__all__ = [
    "Balance",
    "Line",
    "Movement",
    "Period",
    "SieFile",
    "Voucher",
    "Year",
    "movements",
    "read_sie",
    "write_sie",
]
