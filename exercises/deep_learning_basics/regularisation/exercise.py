from autograder.checks import written

kind = "text"
checks = [written(__file__)]
