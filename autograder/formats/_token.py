"""Where a formula or code stands in a sentence: ``$…$``, ``$$…$$`` and `` `…` ``."""

import re

# Opening $ before and closing $ after a character that is no space, and no digit behind: "$5 and $6" is no formula.
TOKEN = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)|\$\$(?P<display>.+?)\$\$|\$(?P<inline>\S|\S[^$\n]*?\S)\$(?!\d)", re.DOTALL
)
