"""Attacks on the grader, each a folder: what a submission tries, and what must come of it."""
