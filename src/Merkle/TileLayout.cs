using System.Globalization;

namespace WhoSaw.Merkle;

/// <summary>
/// Which tiles a tree has and where they lie (C2SP tlog-tiles). A tile holds up to 256 hashes of one level, a bundle
/// up to 256 entries; one that is not yet full bears its width in its name.
/// </summary>
public static class TileLayout
{
    /// <summary>Hashes of a full tile, entries of a full bundle.</summary>
    public const int Width = 256;
    private const int Height = 8;

    /// <summary>The highest level of tiles that a tree of this size needs; -1 for an empty one.</summary>
    public static int TopLevel(long size)
    {
        var level = -1;
        for (; size > 0; size >>= Height)
            level++;
        return level;
    }

    /// <summary>How many hashes lie in the tiles of a level.</summary>
    public static long HashesAt(int level, long size) => size >> (Height * level);

    /// <summary><c>tile/0/x001/x234/067</c>, with <c>.p/57</c> behind it where only 57 hashes are there.</summary>
    public static string Tile(int level, long index, int width) =>
        string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{Number(index)}{Partial(width)}");

    /// <summary><c>tile/entries/000</c>, with <c>.p/57</c> behind it where only 57 entries are there.</summary>
    public static string Bundle(long index, int width) => $"tile/entries/{Number(index)}{Partial(width)}";

    /// <summary>The names of all tiles and bundles of a tree of that size.</summary>
    public static IEnumerable<string> Names(long size) => Names(0, size);

    /// <summary>The names of those that a tree of the smaller size does not have.</summary>
    public static IEnumerable<string> Names(long smaller, long larger)
    {
        foreach (var (index, width) in Grown(0, smaller, larger))
            yield return Bundle(index, width);
        for (var level = 0; level <= TopLevel(larger); level++)
            foreach (var (index, width) in Grown(level, smaller, larger))
                yield return Tile(level, index, width);
    }

    /// <summary>The names of those that are not full.</summary>
    public static IEnumerable<string> Unfilled(long size)
    {
        for (var level = 0; level <= TopLevel(size); level++)
        {
            var hashes = HashesAt(level, size);
            if (hashes % Width == 0)
                continue;
            yield return Tile(level, hashes / Width, (int)(hashes % Width));
            if (level == 0)
                yield return Bundle(hashes / Width, (int)(hashes % Width));
        }
    }

    /// <summary>The tiles of a level that growing from one size to another makes or widens.</summary>
    public static IEnumerable<(long Index, int Width)> Grown(int level, long smaller, long larger)
    {
        var (before, after) = (HashesAt(level, smaller), HashesAt(level, larger));
        for (var index = before / Width; before < after && index * Width < after; index++)
            yield return (index, (int)Math.Min(Width, after - index * Width));
    }

    /// <summary>The bytes of a tile: its hashes, one behind the other.</summary>
    public static byte[] HashesOf(HashTree tree, int level, long index, int width)
    {
        var bytes = new byte[width * TreeHash.Length];
        for (var i = 0; i < width; i++)
            tree.Node(level * Height, index * Width + i).CopyTo(bytes.AsSpan(i * TreeHash.Length));
        return bytes;
    }

    private static string Partial(int width) =>
        width == Width ? "" : string.Create(CultureInfo.InvariantCulture, $".p/{width}");

    private static string Number(long index)
    {
        var text = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (index /= 1000; index > 0; index /= 1000)
            text = string.Create(CultureInfo.InvariantCulture, $"x{index % 1000:D3}/{text}");
        return text;
    }
}
