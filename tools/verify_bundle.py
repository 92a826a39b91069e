#!/usr/bin/env python3
"""Checks a bundle of evidence of WhoSaw, offline: python3 verify_bundle.py BUNDLE [PUBLIC-KEY]

A second implementation that shares no code with the first (docs/formats/bundle.md). Python 3.9 and its standard
library are enough; the package `cryptography` is used for the signature where it is installed.
Exit status: 0 everything agrees, 1 something does not, 2 it is not a bundle.
"""
import base64, hashlib, json, sys, zipfile

OURS = {"README.txt", "checkpoint", "public-key", "manifest.json"}


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


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
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
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
    except ImportError:
        by = 4 * pow(5, P - 2, P) % P
        a, r = point_of(key), point_of(signature[:32])
        s = int.from_bytes(signature[32:], "little")
        if a is None or r is None or s >= Q or len(signature) != 64:
            return False
        h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
        left, right = multiply(s, point_of(by.to_bytes(32, "little"))), add(r, multiply(h, a))
        return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except InvalidSignature:
        return False


def check(path, trusted=None):
    faults = []
    with zipfile.ZipFile(path) as bundle:
        key_text = bundle.read("public-key").decode().strip()
        if trusted and trusted != key_text:
            faults.append("its key is not the one that is trusted")
        name, key_id, key = key_text.split("+", 2)
        key = decode(key)
        if hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id or key[0] != 1 or len(key) != 33:
            faults.append("its key does not read as one")
        text, _, lines = bundle.read("checkpoint").decode().partition("\n\n")
        text += "\n"
        origin, size, root = text.split("\n")[:3]
        size, root = int(size), decode(root)
        good = []
        for line in lines.splitlines():
            dash, signer, signature = line.split(" ")
            signature = decode(signature)
            if dash == "—" and signer == name and signature[:4].hex() == key_id:
                good.append(is_signed(key[1:], text.encode(), signature[4:]))
        if origin != name or not good or not all(good):
            faults.append("its checkpoint is not signed with its key")
        manifest, digests = json.loads(bundle.read("manifest.json")), {}
        for each in manifest["entries"]:
            raw = each["entry"].encode()
            leaf, proof = hashlib.sha256(b"\x00" + raw).digest(), [decode(h) for h in each["proof"]]
            if root_from(each["number"], size, leaf, proof) != root:
                faults.append(f"entry {each['number']} is not in the journal")
                continue
            entry = json.loads(raw)
            if entry["entry"] in ("segment-added", "coverage", "file-added"):
                digests[entry["name"]] = entry["sha256"]
            elif entry["entry"] == "file-rewritten" and entry["newName"]:
                digests[entry["newName"]] = entry["newSha256"]
        for file in manifest["files"]:
            if file not in bundle.namelist() or hashlib.sha256(bundle.read(file)).hexdigest() != digests.get(file):
                faults.append(f"{file} is not the file that was recorded")
        faults += [f"{file} is in no manifest" for file in set(bundle.namelist()) - set(manifest["files"]) - OURS]
    print(f"{name}: {size} entries; here {len(manifest['entries'])} entries and {len(manifest['files'])} files")
    for fault in faults:
        print(f"WRONG: {fault}")
    print("everything agrees" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(check(*sys.argv[1:3]))
    except (OSError, ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as problem:
        sys.exit(print(f"not a bundle: {problem}") or 2)
