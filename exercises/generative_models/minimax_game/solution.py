minimax_game = r"""
min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]
"""
