import hashlib, json, sys, zipfile
S, bundle = lambda data: hashlib.sha256(data).digest(), zipfile.ZipFile(sys.argv[1])
text = lambda name: bundle.read(name).decode()
manifest, M = bundle.read("manifest.json"), json.loads(bundle.read("manifest.json"))
rows = [line.split(" ") for line in text("leaves.txt").splitlines()]  # blind, tickets, and the stratum if there are strata
leaf = lambda row: S(b"\0w:" + row[1].encode() + b"\0" + bytes.fromhex(row[0]))
half = lambda level: 1 << (len(level) - 1).bit_length() - 1
root = lambda level: S(b"\1" + root(level[:half(level)]) + root(level[half(level):])) if level[1:] else level[0]  # RFC 6962
assert rows == sorted(rows) and root([leaf(row) for row in rows]).hex() == M["root"], "the directory is not the frozen one"
parts, H = json.loads(text("contributions.json")), S(manifest)
opened = [(source["name"].encode() + b"\0", bytes.fromhex(part["reveal"]["nonce"] + part["reveal"]["value"])) for source, part in zip(M["seed_sources"], parts) if source["kind"] == "officer"]
kept = [S(b"fieldapp-commit/1\0" + name + H + shown).hex() == part["commit"] for (name, shown), part in zip(opened, parts)]
assert len(parts) == len(M["seed_sources"]) and len(opened) > 1 and all(kept) and [source["kind"] for source in M["seed_sources"][len(opened):]] in ([], ["drand-quicknet"]), "what was revealed is not what was committed"
seed = S(b"fieldapp-draw/1 seed\0" + H + b"".join([S(name + shown) for name, shown in opened] + [S(b"drand-quicknet\0" + part["round"].to_bytes(8, "big") + bytes.fromhex(part["signature"])) for part in parts[len(opened):]]))  # a beacon's BLS signature is not checked
ticket = lambda row: min(S(b"fieldapp-draw/1 obj\0" + seed + leaf(row) + bytes([j])) for j in range(int(row[1])))
strata = [(s["name"], s["quota"]) for s in sorted(M["strata"], key=lambda s: s["name"])] or [("", M["quota"])]
orders = [([leaf(row).hex() for row in sorted((r for r in rows if r[1] != "0" and (r + [""])[2] == name), key=ticket)], quota) for name, quota in strata]
for file, wanted in (("selected.txt", [one for order, quota in orders for one in order[:quota]]), ("reserve.txt", [one for order, quota in orders for one in order[quota:]])):
    assert text(file).split() == wanted, file + " does not follow from the seed"
print("OK: draw", M["number"], "of", M["year"], "-", len(text("selected.txt").split()), "of", len(rows), "- manifest", H.hex())
