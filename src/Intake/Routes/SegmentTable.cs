using System.Buffers.Binary;
using System.Text;

namespace WhoSaw.Intake.Routes;

/// <summary>
/// Finds a path segment among literals by one small hash; ASCII capitals and small letters are the same, because to
/// many servers they are.
/// </summary>
internal sealed class SegmentTable
{
    private readonly (ulong Hash, int Value, byte[] Literal)[] _slots;

    public SegmentTable(IReadOnlyList<(byte[] Literal, int Value)> literals)
    {
        var size = 1;
        while (size < literals.Count * 2)
            size *= 2;
        _slots = new (ulong, int, byte[])[literals.Count == 0 ? 0 : size];
        foreach (var (literal, value) in literals)
        {
            var hash = HashOf(literal);
            var slot = (int)(hash >> 32) & (_slots.Length - 1);
            while (_slots[slot].Literal is not null)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = (hash, value, literal);
        }
    }

    /// <summary>The value of the literal; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> segment)
    {
        var slots = _slots;
        if (slots.Length == 0)
            return -1;
        var hash = HashOf(segment);
        var slot = (int)(hash >> 32) & (slots.Length - 1);
        while (true)
        {
            ref readonly var entry = ref slots[slot];
            if (entry.Literal is null)
                return -1;
            if (entry.Hash == hash && SameText(entry.Literal, segment))
                return entry.Value;
            slot = (slot + 1) & (slots.Length - 1);
        }
    }

    public static bool SameText(ReadOnlySpan<byte> literal, ReadOnlySpan<byte> segment) =>
        literal.SequenceEqual(segment) || SameFolded(literal, segment);

    private static bool SameFolded(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
            if (Fold(left[i]) != Fold(right[i]))
                return false;
        return true;
    }

    private static byte Fold(byte character) =>
        (uint)(character - 'A') <= 'Z' - 'A' ? (byte)(character | 0x20) : character;

    // Bit 5, which parts capitals from small letters, is set in every byte before mixing.
    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        const ulong fold = 0x2020202020202020UL;
        ulong first, last;
        if (text.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(text);
            last = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]);
        }
        else if (text.Length >= 4)
        {
            first = BinaryPrimitives.ReadUInt32LittleEndian(text);
            last = BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]);
        }
        else
        {
            first = last = 0;
            foreach (var character in text)
                first = first << 8 | character;
        }
        var hash = ((first | fold) * 0x9E3779B97F4A7C15UL) ^ ((last | fold) + (ulong)text.Length);
        hash *= 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 29);
    }

    public static SegmentTable Of(IEnumerable<string> words) =>
        new([.. words.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select((word, i) => (Encoding.UTF8.GetBytes(word), i))]);
}
