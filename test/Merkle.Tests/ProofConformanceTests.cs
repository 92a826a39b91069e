using System.Text.Json;

namespace WhoSaw.Merkle.Tests;

public sealed class ProofConformanceTests
{
    [Fact]
    public void All_published_proofs_are_judged_alike()
    {
        var path = Shared.Conformance("merkle/vectors.jsonl");
        Assert.SkipUnless(path is not null, "the conformance vectors are not here");
        var (agreed, wrong) = (0, new List<string>());
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            var vector = document.RootElement;
            if (Holds(vector) == !vector.GetProperty("wantErr").GetBoolean())
                agreed++;
            else
                wrong.Add(vector.GetProperty("case").GetString()!);
        }
        Assert.Empty(wrong);
        Assert.Equal(196, agreed);
    }

    private static bool Holds(JsonElement vector)
    {
        ulong Number(string name) => vector.GetProperty(name).GetUInt64();
        var proof = vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(hash => hash.GetBytesFromBase64()).ToArray()
            : [];
        byte[] Bytes(string name) => vector.GetProperty(name).GetBytesFromBase64();
        if (vector.GetProperty("kind").GetString() == "consistency")
            return Proof.IsConsistent(Number("size1"), Number("size2"), Bytes("root1"), Bytes("root2"), proof);
        var (leaf, root) = (Bytes("leafHash"), Bytes("root"));
        return proof.Append(leaf).Append(root).All(hash => hash.Length == TreeHash.Length)
            && Proof.Includes(Number("leafIdx"), Number("treeSize"), new TreeHash(leaf),
                [.. proof.Select(hash => new TreeHash(hash))], new TreeHash(root));
    }
}
