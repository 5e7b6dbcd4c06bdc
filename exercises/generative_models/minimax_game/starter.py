# The game as one formula, as text or LaTeX: min_..., max_..., E_{x ~ p_data}[...], E_{z ~ p_z}[...], log, D(x), G(z).
minimax_game = r"""
"""
