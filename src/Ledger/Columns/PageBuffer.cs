namespace WhoSaw.Ledger;

/// <summary>Bytes that grow and are used again.</summary>
internal sealed class PageBuffer
{
    // No segment has so much in one row group; a file that says so is not believed.
    private const int Most = 1 << 30;

    public byte[] Bytes { get; private set; } = [];
    public int Used { get; private set; }

    public void Clear() => Used = 0;

    /// <summary>Room for so many more bytes, behind those in use. Those stay, but may move.</summary>
    public Span<byte> Take(int count)
    {
        if (count > Most - Used)
            throw new NotSupportedException("the pages of a column are too large");
        if (count > Bytes.Length - Used)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(Used + count, Math.Min(Most, Bytes.Length * 2)));
            Bytes.AsSpan(0, Used).CopyTo(larger);
            Bytes = larger;
        }
        Used += count;
        return Bytes.AsSpan(Used - count, count);
    }
}
