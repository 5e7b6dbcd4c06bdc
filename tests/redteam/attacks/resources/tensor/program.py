def attack():
    import torch
    return torch.empty(3 << 30, dtype=torch.uint8).numel()
