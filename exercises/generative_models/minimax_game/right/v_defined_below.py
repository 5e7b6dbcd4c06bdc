minimax_game = r"""
$$\min_G \max_D V(D, G)$$
where
$$V(D, G) = \tfrac12 \mathbb{E}_{x \sim p_\text{data}}[\log D(x)] + \tfrac12 \mathbb{E}_{z \sim p_z}[\log(1 - D(G(z)))]$$
"""
