def attack():
    import urllib.request
    return urllib.request.urlopen(f"http://127.0.0.1:{T['tcp']}/", timeout=2)
