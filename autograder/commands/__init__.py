"""What a person types: the command line, one file per command, and the plugin of pytest. Thin callers; nothing imports them.

cli            the commands
options        what several commands share; every fault becomes one sentence and an exit code
grade          a class into a folder
exports        what was graded, in other formats
gradebooks     nbgrader's gradebooks of what was graded
check          a student's own check of one file
watch          the same again at each save, of what it changed
mistakes       the course grades itself: every labelled answer and what it is recognised as
pairs          two labelled slips in one answer, and what is read back
authoring      the commands of an author
new            begins a sheet or an exercise
course_test    does the course grade itself as it says
preview        what students of a sheet will have before them
review         the place where a person marks
similar        what stands twice in a class and is unusual there
wording        the one spelling by which texts of a class are compared
release        the student's pack
doctor         what will and will not work here
pytest_plugin  one item per check
distribution   the name it is published under, and a stranger of the import name
pace           how long the rest of a run will take
progress       how far a long command is
"""
