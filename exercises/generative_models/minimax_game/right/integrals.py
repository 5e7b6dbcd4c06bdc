minimax_game = r"""
min_G max_D ∫ p_data(x) log D(x) dx + ∫ p_g(x) log(1 - D(x)) dx
"""
