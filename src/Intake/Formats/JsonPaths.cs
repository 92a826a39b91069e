using System.Text;

namespace WhoSaw.Intake.Formats;

/// <summary>A field and the path of its value; a lower rank wins where a line has several.</summary>
internal readonly record struct JsonTarget(FieldSlot Slot, byte Rank, long Unit);

/// <summary>
/// The paths that are wanted, as a tree by key. A path is also found as one key that is written with its points
/// (<c>"source.ip"</c>).
/// </summary>
internal sealed class JsonPaths
{
    private const int LongestBucket = 48;
    private readonly List<JsonPaths>?[] _byLength = new List<JsonPaths>?[LongestBucket + 1];
    private readonly byte[] _key;
    private JsonTarget[] _targets = [];

    public JsonPaths()
        : this([])
    {
    }

    private JsonPaths(byte[] key) => _key = key;

    public ReadOnlySpan<JsonTarget> Targets => _targets;

    public bool HasChildren { get; private set; }

    public void Add(string path, JsonTarget target)
    {
        var node = this;
        foreach (var part in path.Split('.'))
            node = node.Child(Encoding.UTF8.GetBytes(part));
        node._targets = [.. node._targets, target];
        if (path.Contains('.', StringComparison.Ordinal))
        {
            node = Child(Encoding.UTF8.GetBytes(path));
            node._targets = [.. node._targets, target];
        }
    }

    public JsonPaths? Find(ReadOnlySpan<byte> key)
    {
        var bucket = _byLength[Math.Min(key.Length, LongestBucket)];
        if (bucket is null)
            return null;
        foreach (var child in bucket)
        {
            if (key.SequenceEqual(child._key))
                return child;
        }
        return null;
    }

    private JsonPaths Child(byte[] key)
    {
        if (Find(key) is { } child)
            return child;
        child = new JsonPaths(key);
        HasChildren = true;
        (_byLength[Math.Min(key.Length, LongestBucket)] ??= []).Add(child);
        return child;
    }
}
