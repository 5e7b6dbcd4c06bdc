"""
fails: is the minimax game of G and D
name: sign of the second term
credit: 0
mistake: sign_of_a_term
"""

minimax_game = r"""
min_G max_D E_{x ~ p_data}[log D(x)] - E_{z ~ p_z}[log(1 - D(G(z)))]
"""
