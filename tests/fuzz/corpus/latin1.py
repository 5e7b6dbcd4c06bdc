# -*- coding: latin-1 -*-
essay = 'Größe'
import torch

def distance(a, b):
    return (a - b).abs().sum(-1)
