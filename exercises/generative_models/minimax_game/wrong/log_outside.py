"""
fails: is the minimax game of G and D
name: a logarithm outside its expectation
credit: 0
mistake: logarithm_taken_outside
"""

minimax_game = r"""
min_G max_D log E_{x ~ p_data}[D(x)] + E_{z ~ p_z}[log(1 - D(G(z)))]
"""
