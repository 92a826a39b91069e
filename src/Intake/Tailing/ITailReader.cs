using WhoSaw.Intake.Sources;

namespace WhoSaw.Intake.Tailing;

/// <summary>Gives the whole lines of a file, as far as there are any now.</summary>
internal interface ITailReader : IDisposable
{
    /// <summary>Where the next block begins, in the decompressed file.</summary>
    long Offset { get; }

    /// <summary>Stored bytes that are there and were not read.</summary>
    long Behind { get; }

    /// <summary>Nothing can come any more.</summary>
    bool IsEnded { get; }

    /// <summary>
    /// The next lines; null when there are none now. Throws <see cref="IOException"/> as the system does: the file may
    /// be opened again at the same offset.
    /// </summary>
    /// <param name="until">Nothing beyond this offset is given; a line ends there.</param>
    /// <param name="isLast">Nobody goes on writing: a last line without a line end counts.</param>
    LineBlock? Next(long until, bool isLast);
}
