slow_learning = """
Explain in three to six sentences why J^(G) = -J^(D) learns slowly.
"""
