"""
fails: is the minimax game of G and D
name: the non-saturating loss in the game
credit: 0
mistake: log_1_a_taken_apart
"""

minimax_game = r"""
min_G max_D E_{x ~ p_data}[log D(x)] - E_{z ~ p_z}[log D(G(z))]
"""
