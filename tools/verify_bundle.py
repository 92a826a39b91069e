#!/usr/bin/env python3
"""Checks a bundle of evidence of WhoSaw, offline: python3 verify_bundle.py BUNDLE [PUBLIC-KEY]

A second implementation that shares no code with the first (docs/formats/bundle.md). Python 3.9 and its standard
library are enough; the package `cryptography` is used for the signature where it is installed.
Exit status: 0 everything agrees, 1 something does not, 2 it is not a bundle.
"""
import base64, hashlib, json, sys, zipfile

OURS = {"README.txt", "checkpoint", "public-key", "manifest.json"}

def decode(text):
    """Standard base64, and only the one text that encoding gives back."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("base64 that is not canonical")
    return raw

def root_from(index, size, leaf, proof):
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0 or len(sibling) != 32:
            return None
        if place & 1 or place == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        place, last = place >> 1, last >> 1
    return node if last == 0 else None

# Ed25519 as RFC 8032, section 6, writes it; slow, and enough for one signature.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)

def add(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P

def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result

def point_of(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

def is_signed(key, message, signature):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except ImportError:
        pass
    except InvalidSignature:
        return False
    by, a, r = 4 * pow(5, P - 2, P) % P, point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q or len(signature) != 64:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = multiply(s, point_of(by.to_bytes(32, "little"))), add(r, multiply(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0

def key_of(text):
    """Name and id of a key (C2SP signed-note), and the key itself; ValueError for what is none."""
    name, key_id, key = text.split("+", 2)
    key = decode(key)
    if hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id or key[0] != 1 or len(key) != 33:
        raise ValueError("a key that does not read as one")
    return name, key_id, key[1:]

def takes_over(entry, number, old):
    """Whether the old key signed the entry that names a new one (docs/formats/journal.md)."""
    name, _, key = key_of(old)
    statement = f"whosaw/key-change/v1\n{name}\n{number}\n{entry['root']}\n{entry['key']}\n"
    return key_of(entry["key"])[0] == name and is_signed(key, statement.encode(), decode(entry["signature"]))

def check(path, trusted=None):
    faults = []
    with zipfile.ZipFile(path) as bundle:
        key_text = bundle.read("public-key").decode().strip()
        name, key_id, key = key_of(key_text)
        text, _, lines = bundle.read("checkpoint").decode().partition("\n\n")
        text, (origin, size, root), good = text + "\n", text.split("\n")[:3], []
        size, root = int(size), decode(root)
        for line in lines.splitlines():
            dash, signer, signature = line.split(" ")
            if dash == "—" and signer == name and decode(signature)[:4].hex() == key_id:
                good.append(is_signed(key, text.encode(), decode(signature)[4:]))
        if origin != name or not good or not all(good):
            faults.append("its checkpoint is not signed with its key")
        manifest, digests, parts, keys = json.loads(bundle.read("manifest.json")), {}, {}, []
        for each in manifest["entries"]:
            raw, number = each["entry"].encode(), each["number"]
            leaf, proof = hashlib.sha256(b"\x00" + raw).digest(), [decode(h) for h in each["proof"]]
            if root_from(number, size, leaf, proof) != root:
                faults.append(f"entry {number} is not in the journal")
                continue
            entry = json.loads(raw)
            kind = entry["entry"]
            digests[entry.get("newName") or entry.get("name")] = entry.get("newSha256") or entry.get("sha256")
            if kind == "excerpt-made":
                parts.update((part["name"], (part, entry["where"])) for part in entry["parts"])
            elif kind == "ledger-created" or kind == "key-changed" and takes_over(entry, number, keys[-1]):
                keys.append(entry["key"])
        if key_text != keys[-1] or trusted and key_of(trusted)[2] not in [key_of(each)[2] for each in keys]:
            faults.append("its key is not the one to which the journal leads, or not trusted")
        where = hashlib.sha256(manifest.get("where", "").encode()).hexdigest()
        for file in manifest["excerpts"]:
            part, words = parts.get(file, ({}, ""))
            digests[file] = part.get("sha256")
            if words != where or digests.get(part.get("of"), "") != part.get("ofSha256"):
                faults.append(f"{file} is not of a file that an entry names, or not picked by the words that are said")
        files = manifest["files"] + manifest["excerpts"]
        for file in files:
            if file not in bundle.namelist() or hashlib.sha256(bundle.read(file)).hexdigest() != digests.get(file):
                faults.append(f"{file} is not the file that was recorded")
        faults += [f"{file} is in no manifest" for file in set(bundle.namelist()) - set(files) - OURS]
    print(f"{name}: {size} entries; here {len(manifest['entries'])} entries and {len(files)} files")
    for fault in faults or ["everything agrees"]:
        print(f"WRONG: {fault}" if faults else fault)
    return 1 if faults else 0

if __name__ == "__main__":
    try:
        sys.exit(check(*sys.argv[1:3]))
    except (OSError, ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as problem:
        sys.exit(print(f"not a bundle: {problem}") or 2)
