"""Characters -> tree: a student's text into rows, a row into equations, an equation's sides into trees.

sentences       formulas in sentences, labels under braces
layout          a whole answer before it is cut: macros, environments
rows            one line of mathematics each, or a remark
characters      characters that stand for letters, signs and digits
latex, text     the two spellings -> tokens; latex_commands has the tables, braces finds groups
notes           what stands beside a row: reasons, numbers of equations
spelling        names as the exercise spells them
tokens          what both readers cut a line into, and how a line is refused
reader          tokens -> tree, the one door
grammar         sums, products, powers, names
leaves          the smallest pieces
notation        which notation a name opens
functions, densities, expectations, integrals, derivatives, sums    these notations
meanings        what names stand for
declarations    what is said of random variables
own             what an exercise declares, and declared: the declarations themselves
variables       bound variables by any name
equations       rows -> equations; introduced: names of the student's own
echo            a tree as LaTeX: what was understood

grammar and the notations import each other: an expectation holds an expression, and an expression may hold an expectation.
The grammar recurses, and so do they.
"""

from autograder.maths.reading.equations import Equation, Script, Side, script
from autograder.maths.reading.meanings import given_names
from autograder.maths.reading.reader import read
from autograder.maths.reading.rows import Row, rows
from autograder.maths.reading.tokens import Unreadable

__all__ = ["Equation", "Row", "Script", "Side", "Unreadable", "given_names", "read", "rows", "script"]
