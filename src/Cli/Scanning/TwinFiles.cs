using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Scanning;

/// <summary>Whether two logs are one, compressed or not.</summary>
internal static class TwinFiles
{
    private const int Piece = 1 << 17;

    /// <summary>
    /// True when the longer one begins with all that the shorter one holds; not when either is cut off.
    /// </summary>
    public static bool Holds(string longer, string shorter)
    {
        try
        {
            using var all = SourceStreams.OpenDecompressed(longer);
            using var part = SourceStreams.OpenDecompressed(shorter);
            byte[] wanted = new byte[Piece], there = new byte[Piece];
            while (true)
            {
                var count = part.ReadAtLeast(wanted, Piece, throwOnEndOfStream: false);
                if (count == 0)
                    return true;
                if (all.ReadAtLeast(there.AsSpan(0, count), count, throwOnEndOfStream: false) < count
                    || !there.AsSpan(0, count).SequenceEqual(wanted.AsSpan(0, count)))
                    return false;
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException
            || SourceStreams.FaultOf(exception) is not null)
        {
            return false;
        }
    }
}
