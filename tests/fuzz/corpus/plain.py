import torch

def distance(a, b):
    return (a - b).abs().sum(-1)

derivation = [r"a = b", r"  = c"]
essay = "Es ist schön."
