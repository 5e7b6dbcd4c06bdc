def attack():
    open("/tmp/" + T["mark"], "w").write("x")
