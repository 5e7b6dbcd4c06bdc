"""Grades deep-learning exercises: compares answers with oracles, names mistakes, keeps student code behind a fence."""
