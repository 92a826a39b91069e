using WhoSaw.Records;

namespace WhoSaw.Intake.Formats;

/// <summary>The time of a line that stands in square brackets, somewhere: others may come before it.</summary>
internal static class BracketedTime
{
    /// <summary>What was tried and did not read.</summary>
    public const int None = -1;
    public const int Unreadable = -2;

    public delegate bool Reads(ReadOnlySpan<byte> text, out EventTime time);

    /// <summary>
    /// The bracket that opens the time, -1 when there is none. The end is that of the time, its closing bracket;
    /// <see cref="None"/> where nothing looked like one, <see cref="Unreadable"/> where something did.
    /// </summary>
    /// <param name="least">How long a time is at least, between its brackets; 40 at most.</param>
    /// <param name="looks">Whether the text may be one, by its first bytes.</param>
    public static int Find(
        ReadOnlySpan<byte> line, int least, Func<byte, byte, bool> looks, Reads reads, out int end, out EventTime time)
    {
        const int longest = 40;
        (end, time) = (None, default);
        var at = 0;
        for (var attempt = 0; attempt < QuotedText.Attempts; attempt++)
        {
            var step = line[at..].IndexOf((byte)'[');
            if (step < 0)
                return -1;
            at += step + 1;
            var length = line[at..].IndexOf((byte)']');
            if (length < 0)
                return -1;
            if (length < least || length > longest || !looks(line[at], line[at + 2]))
                continue;
            end = Unreadable;
            if (!reads(line.Slice(at, length), out time))
                continue;
            end = at + length;
            return at - 1;
        }
        return -1;
    }
}
