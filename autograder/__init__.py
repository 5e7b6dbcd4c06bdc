"""Grades deep-learning exercises: compares answers with oracles, names mistakes, keeps student code on the far side of a fence."""
