"""The place where a person marks: ``autograder review``, a small web application on this machine alone.

command   starts it; marks as a table without a browser
guard     who may speak to it: a token, a cookie, this host, this origin
desk      what waits, what was decided, and the answers in groups
groups    answers that say the same stand together
sense     what texts are about, as vectors: by words, or by a sentence model
bearing   the sentences of an answer that bear on a criterion
forms     what a browser sent, checked
pages     what is shown
application  the routes
actions   what is decided
rereading one text judged again as a person read it

``static/`` holds htmx (0BSD), which saves what is ticked and typed at once; everything else works without a script.
"""
