using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// A file that was compressed when nobody wrote to it any more: read once, from an offset to its end.
/// </summary>
/// <param name="taken">Takes the bytes before the offset: they are hashed again.</param>
internal sealed class WholeReader(InputFile file, LineFormat format, TakenBytes taken) : ITailReader
{
    private readonly LogReader _reader = new(file, UnlockedFile.OpenStream, format, taken.Add);
    private readonly long _stored = new FileInfo(file.Path).Length;

    public long Offset { get; private set; } = file.Skip;
    public long Behind => IsEnded ? 0 : Math.Max(0, _stored - _reader.StoredCount);
    public bool IsEnded { get; private set; }

    /// <summary>Size, digest and fault of the file as stored, once it has ended.</summary>
    public FileTally Tally => _reader.Tally;

    public LineBlock? Next(long until, bool isLast)
    {
        if (IsEnded || Offset >= until)
            return null;
        var block = _reader.Next();
        IsEnded = block is null;
        if (block is null)
            return null;
        Offset = block.Offset + (block.TooLongLine > 0 ? block.TooLongLine : block.Length);
        // What lies beyond is read again: it is another act.
        if (Offset > until)
            (block.Length, Offset) = ((int)(until - block.Offset), until);
        return block;
    }

    public void Dispose() => _reader.Dispose();
}
