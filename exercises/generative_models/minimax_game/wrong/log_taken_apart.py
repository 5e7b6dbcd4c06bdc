"""
fails: is the minimax game of G and D
name: 1 - log D for log(1 - D)
credit: 0
mistake: log_1_a_taken_apart
"""

minimax_game = r"""
min_G max_D E_{x ~ p_data}[log D(x)] + E_{z ~ p_z}[1 - log D(G(z))]
"""
