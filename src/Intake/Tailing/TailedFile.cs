using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// One generation of a log: what was written between its first line and the moment it was rotated away, under whatever
/// name it lies now. Opened and closed as files come and go; its position never goes back.
/// </summary>
internal sealed class TailedFile : IDisposable
{
    private readonly Func<LineFormat> _createFormat;
    private ITailReader? _reader;
    private byte[] _head = [];
    private DateTimeOffset? _shrankAt;

    public TailedFile(
        SourceOptions source, InputFile input, string stream, string mark, long from, Func<LineFormat> createFormat)
    {
        (Source, Input, Stream, Mark, _createFormat) = (source, input, stream, mark, createFormat);
        (Path, Display, TakenTo) = (input.Path, FileMark.Parts(input.Display).Display, from);
    }

    public SourceOptions Source { get; }

    /// <summary>As the catalog knows it; its display is the name in the records.</summary>
    public InputFile Input { get; }
    public string Stream { get; }
    public string Mark { get; }
    public string Path { get; private set; }
    public string Display { get; private set; }
    public FileIdentity? Identity { get; private set; }

    /// <summary>Every line before it was handed on; as far as positions tell.</summary>
    public long TakenTo { get; private set; }

    /// <summary>What is read again for detection alone ends here; 0 when nothing is.</summary>
    public long ReplayTo { get; set; }
    public bool IsReplaying => TakenTo < ReplayTo;
    public TakenBytes? Taken { get; private set; }

    /// <summary>What stands in the file before an offset: so it is known again.</summary>
    public (long Offset, string Sha256, int Length) Proof { get; private set; } = (0, TakenBytes.OfNothing, 0);

    /// <summary>
    /// Blocks that were read and are still on their way: it is not opened anew before they are through.
    /// </summary>
    public int Pending { get; set; }
    public FileTally Tally { get; private set; } = new();

    /// <summary>Of the tally, what was added to the counts of the stream.</summary>
    public (long Lines, long Records, long Rejects) Counted { get; set; }
    public bool IsOpen => _reader is not null;
    public bool IsFinished { get; set; }

    /// <summary>Another file has its name, or none has.</summary>
    public bool IsRotated { get; set; }

    /// <summary>Its bytes are gone from where they were; a copy may hold the rest.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>When it was last seen to grow, or begun to be missed.</summary>
    public DateTimeOffset Since { get; set; }
    public long Behind => _reader is { } reader ? Safe(() => reader.Behind) : 0;
    public bool IsCompressed { get; private set; }

    /// <summary>The stored file that a compressed one turned out to be, once read to its end.</summary>
    public FileTally? Whole => _reader is WholeReader { IsEnded: true } whole ? whole.Tally : null;

    /// <summary>What a saved position says; nothing is open yet.</summary>
    public void Restore(TailPosition position) =>
        (Path, Display, Identity, Proof, IsFinished) = (
            position.Path, position.Display, position.Identity,
            (position.Offset, position.Before, position.BeforeLength), position.IsFinished);

    /// <summary>
    /// Of a compressed file that was read to its end, how large it was; it may have been a copy amid copying.
    /// </summary>
    public long? StoredSize { get; set; }

    /// <summary>Its inode is another file's now.</summary>
    public void LoseIdentity() => Identity = null;

    public void Rename(string path, string display) => (Path, Display) = (path, display);

    /// <summary>Goes on at its position in that file. Throws what the file system says.</summary>
    public void Open(string path, string display, FileIdentity? identity, bool isCompressed, DateTimeOffset now)
    {
        Dispose();
        var format = _createFormat();
        (Taken, IsCompressed) = (new TakenBytes(), isCompressed);
        if (isCompressed)
        {
            _reader = new WholeReader(Input with { Path = path, Skip = TakenTo }, format, Taken);
        }
        else
        {
            var handle = UnlockedFile.Open(path);
            var isOpen = false;
            try
            {
                _reader = new GrowingReader(handle, format, TakenTo, Taken);
                isOpen = true;
            }
            finally
            {
                if (!isOpen)
                    handle.Dispose();
            }
            _head = ReadHead();
            identity = FileIdentity.Of(handle) ?? identity;
        }
        (Path, Display, Identity, IsFinished, IsTruncated, Since) = (path, display, identity, false, false, now);
        _shrankAt = null;
    }

    /// <summary>The next whole lines, null when there are none now.</summary>
    public LineBlock? Next(DateTimeOffset now, TailOptions options)
    {
        if (_reader is null || IsFinished)
            return null;
        try
        {
            if (_reader is GrowingReader growing && !IsWhatItWas(growing, now, options))
                return null;
            var isLast = IsRotated && now - Since >= options.Ended;
            var block = _reader.Next(IsReplaying ? ReplayTo : long.MaxValue, isLast && !IsReplaying);
            if (block is null)
                return null;
            Since = now;
            Pending++;
            return block;
        }
        catch (IOException)
        {
            // A stale handle of a network file system, or a disk that fails: it is opened again at its position.
            Close();
            return null;
        }
    }

    /// <summary>The lines of a block were handed on.</summary>
    public void Take(LineBlock block, ReadOnlySpan<byte> bytes)
    {
        TakenTo = block.Offset + (block.TooLongLine > 0 ? block.TooLongLine : bytes.Length);
        if (block.TooLongLine == 0)
            Taken?.Add(bytes);
        else if (_reader is GrowingReader growing)
            TakeLongLine(growing, block.Offset, block.TooLongLine);
        else
            Taken = null;
        Proof = Taken?.Before is var (before, length) ? (TakenTo, before, length) : (TakenTo, TakenBytes.OfNothing, 0);
    }

    /// <summary>What was counted since the last time.</summary>
    public FileTally TakeTally()
    {
        var tally = Tally;
        (Tally, Counted) = (new FileTally(), default);
        return tally;
    }

    public void Close()
    {
        _reader?.Dispose();
        _reader = null;
    }

    public void Dispose()
    {
        Close();
        Taken?.Dispose();
        Taken = null;
    }

    private void TakeLongLine(GrowingReader growing, long offset, long length)
    {
        var piece = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var got = RandomAccess.Read(growing.Handle, piece.AsSpan(0, (int)Math.Min(piece.Length, left)), offset);
            if (got == 0)
                return;
            Taken!.Add(piece.AsSpan(0, got));
            (offset, left) = (offset + got, left - got);
        }
    }

    /// <summary>
    /// False when there is nothing to read in it now: it was emptied and written anew, or it is smaller than it was,
    /// which may be the truth or an old answer of a network file system.
    /// </summary>
    private bool IsWhatItWas(GrowingReader growing, DateTimeOffset now, TailOptions options)
    {
        var length = growing.Length;
        if (length == growing.Offset)
            return true;
        var head = ReadHead();
        var isSame = head.AsSpan().StartsWith(_head) || (head.Length > 0 && _head.AsSpan().StartsWith(head));
        if (!isSame && (head.Length > 0 || length == 0))
        {
            // Size zero for a moment is what a copy and truncation looks like; so is it with every new beginning.
            Truncated(now);
            return false;
        }
        if (length > growing.Offset)
        {
            _shrankAt = null;
            if (head.Length > _head.Length)
                _head = head;
            return true;
        }
        _shrankAt ??= now;
        if (now - _shrankAt >= options.Shrunk)
            Truncated(now);
        return false;
    }

    private void Truncated(DateTimeOffset now)
    {
        Close();
        (IsTruncated, Identity, Since) = (true, null, now);
    }

    private byte[] ReadHead()
    {
        var head = new byte[256];
        var got = RandomAccess.Read(((GrowingReader)_reader!).Handle, head, 0);
        return head[..got];
    }

    private static long Safe(Func<long> ask)
    {
        try
        {
            return ask();
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
