"""
fails: is the minimax game of G and D
name: real and generated data swapped
credit: 0
mistake: another_formula
"""

minimax_game = r"""
min_G max_D E_{x ~ p_g}[log D(x)] + E_{x ~ p_data}[log(1 - D(x))]
"""
