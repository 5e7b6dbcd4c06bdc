regularisation = """
Explain in five to ten sentences what has happened, two remedies, and how their strength is found.
"""
