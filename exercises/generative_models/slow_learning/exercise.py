from autograder.checks import written

kind = "text"
cap = 1.0

checks = [written(__file__)]
