"""Characters -> tree: a student's text into rows, a row into equations, an equation's sides into trees.

sentences       formulas in sentences, labels under braces
rows            one line of mathematics each, or a remark
characters      characters that stand for letters, signs and digits
latex, text     the two spellings -> tokens; latex_commands has the tables
tokens          what both readers cut a line into, and how a line is refused
reader          tokens -> tree, the one door
grammar         sums, products, powers, functions, names
leaves          the smallest pieces
notation        which notation a name opens
densities, expectations, integrals    these notations
names           names that stand for formulas
equations       rows -> equations
relations       a row cut at its inequalities
declarations    what is said of random variables
echo            a tree as LaTeX: what was understood

grammar, notation, densities, expectations and integrals import each other: an expectation holds an expression, and an
expression may hold an expectation. The grammar recurses, and so do they.
"""

from autograder.maths.reading.equations import Equation, Script, Side, script
from autograder.maths.reading.names import given_names
from autograder.maths.reading.reader import read
from autograder.maths.reading.rows import Row, rows
from autograder.maths.reading.tokens import Unreadable

__all__ = ["Equation", "Row", "Script", "Side", "Unreadable", "given_names", "read", "rows", "script"]
