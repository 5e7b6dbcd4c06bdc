from autograder.checks import expression

kind = "text"

checks = [
    expression(
        "min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]",
        domains={},
        world="gan",
        names={
            "J^(D)": "-1/2 E_{x ~ p_data}[log D(x)] - 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]",
            "J_D": "-1/2 E_{x ~ p_data}[log D(x)] - 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]",
            "J^(G)": "1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]",
            "J_G": "1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]",
        },
        scale="positive",
        name="is the minimax game of G and D",
        hint="D makes J^(D) small. What does it do to -J^(D), and what does G do to the same quantity?",
    )
]
cap = 1.0
