using System.Text;

namespace WhoSaw.Detection.Saving;

/// <summary>
/// Saved state as parts with a name, a version and a length, so that a part which another version wrote can be passed
/// over and the others taken up. Layout: <c>"WSAW"</c>, version, length of all, then for each part name, version,
/// length, bytes. The length of all comes first, so that a file that was cut off is seen before anything is taken up.
/// </summary>
internal static class StateParts
{
    public const int Version = 3;

    private const uint Mark = 0x57415357;

    /// <param name="stream">Must be able to seek: lengths are written when they are known.</param>
    public static void Save(
        Stream stream, IEnumerable<(string Name, int Version, Action<BinaryWriter> Save)> parts)
    {
        using var state = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        state.Write(Mark);
        state.Write(Version);
        Measured(state, () =>
        {
            foreach (var (name, version, save) in parts)
            {
                state.Write(name);
                state.Write(version);
                Measured(state, () => save(state));
            }
        });
    }

    /// <summary>
    /// The names of the parts that were not taken up; null when nothing was, for this is no state or is not whole.
    /// </summary>
    public static IReadOnlyList<string>? Restore(
        Stream stream, IReadOnlyList<(string Name, int Version, Action<BinaryReader> Restore)> parts)
    {
        using var state = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (stream.Length - stream.Position < 16 || state.ReadUInt32() != Mark || state.ReadInt32() != Version)
            return null;
        var length = state.ReadInt64();
        var end = stream.Position + length;
        if (length < 0 || end > stream.Length)
            return null;
        var missing = parts.Select(part => part.Name).ToList();
        while (stream.Position < end)
        {
            var (name, version) = (state.ReadString(), state.ReadInt32());
            var size = state.ReadInt64();
            var next = stream.Position + size;
            var part = parts.FirstOrDefault(known => known.Name == name && known.Version == version);
            if (part.Name is not null)
            {
                part.Restore(state);
                missing.Remove(name);
            }
            stream.Position = next;
        }
        return missing;
    }

    private static void Measured(BinaryWriter state, Action write)
    {
        state.Write(0L);
        state.Flush();
        var start = state.BaseStream.Position;
        write();
        state.Flush();
        var end = state.BaseStream.Position;
        state.BaseStream.Position = start - sizeof(long);
        state.Write(end - start);
        state.Flush();
        state.BaseStream.Position = end;
    }
}
