minimax_game = r"""
max_G min_D J^(D)
"""
