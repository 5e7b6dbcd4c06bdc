"""
fails: is the minimax game of G and D
name: the half on one term only
credit: 0
mistake: a_lost_half
"""

minimax_game = r"""
min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + E_{z ~ p_z}[log(1 - D(G(z)))]
"""
