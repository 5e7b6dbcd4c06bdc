"""
fails: is the minimax game of G and D
name: D maximises its own cost
credit: 0
mistake: sign_of_the_whole
"""

minimax_game = r"""
min_G max_D J^(D)
"""
