def attack():
    import resource
    resource.prlimit(T["pid"], resource.RLIMIT_NOFILE, (10, 10))
    return "limited"
