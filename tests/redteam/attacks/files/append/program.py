def attack():
    open(T["results"], "a").write("score 1")
    return "appended"
