"""What runs in the student's process and in the zygote it is forked from: nothing of a course, a check or a grade is here."""
