def attack():
    open(f"/proc/{T['pid']}/oom_score_adj", "w").write("1000")
    return "offered"
