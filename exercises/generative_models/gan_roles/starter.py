gan_roles = """
Explain in three to six sentences what G and D do and want.
"""
