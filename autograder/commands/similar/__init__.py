"""What stands twice in a class and is unusual there: ``autograder similar``. It accuses nobody.

command       from folders to a page and a table
handed_in     answers cut into places, and what nobody is compared by
tokens        texts and code without what is changed easily
fingerprints  winnowing
pairs         who shares what is unusual in this class
passages      what exactly two places have in common, and how many others have it
page          the two places side by side
table         the same as rows
"""
