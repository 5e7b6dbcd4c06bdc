"""
fails: is the minimax game of G and D
name: G is missing
credit: 0
mistake: min_and_max
"""

minimax_game = r"""
max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]
"""
