def attack():
    open(T["results"], "w").write("score 1")
    return "overwrote"
