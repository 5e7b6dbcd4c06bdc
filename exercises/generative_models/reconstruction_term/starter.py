reconstruction_term = """
Explain in three to six sentences why -E_q[log p(x|z)] is called the reconstruction loss.
"""
