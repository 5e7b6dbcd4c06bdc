"""The self-check with everything taken away that Windows lacks."""
