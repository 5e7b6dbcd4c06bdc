loss_terms = """
Explain in three to six sentences what the two terms of J^(D) mean.
"""
