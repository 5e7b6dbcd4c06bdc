def attack():
    open(T["results"] + ".new", "w").write("x")
    return "made"
