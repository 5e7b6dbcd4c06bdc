"""Faults put into the engine one at a time, to see which of them the quick tests notice."""
