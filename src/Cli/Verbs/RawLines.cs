using System.Text;
using WhoSaw.Cli.Scanning;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tailing;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// Reads records of the original logs by their offset in the decompressed file: of the log that the ledger keeps, else
/// of the one in a folder, if that is still as it was read. Keeps the last log open for the next record.
/// </summary>
/// <param name="folder">What the logs' paths are relative to; null where there is none.</param>
internal sealed class RawLines(LedgerContents ledger, string? folder) : IDisposable
{
    private readonly Dictionary<string, bool> _isAsRead = new(StringComparer.Ordinal);
    private RereadStream? _stream;
    private string? _open;

    /// <summary>
    /// The lines of the record as the log has them; none, and why, where the log is not there or is another.
    /// </summary>
    public (IReadOnlyList<string> Lines, string? Why) Read(RecordRow row)
    {
        var source = ledger.Sources.LastOrDefault(source => source.Source == row.Source && source.File == row.File
            && source.First <= row.Time && row.Time <= source.Last);
        if (KeptLogs.Find(ledger, row.Source, row.File, row.Time, row.Offset) is { } kept)
            return Read(kept.Name, () => KeptLogs.Open(ledger, kept), row.Offset - kept.From, source);
        if (folder is null)
            return ([], null);
        var name = source?.Head is { } mark ? FileMark.Marked(row.File, mark) : row.File;
        if (FileMark.Find(folder, name) is not { } path)
            return ([], $"{row.File} is not there");
        if (source is not null && !IsAsRead(path, source))
            return ([], $"{row.File} is not the log that was read");
        return Read(path, () => SourceStreams.Open(path), row.Offset, source);
    }

    public void Dispose() => _stream?.Dispose();

    private (IReadOnlyList<string>, string?) Read(
        string name, Func<Stream> open, long offset, SourceEntry? source)
    {
        if (_open != name || offset < _stream!.Kept)
        {
            _stream?.Dispose();
            _stream = new RereadStream(SourceStreams.Decompress(open()));
            _open = name;
        }
        if (!_stream.TrySeek(offset))
            return ([], "the log ends before");
        var framing = RecordFraming.Of(source?.Framing);
        return new RecordLines(framing, _stream).TryNext(out var record)
            ? (Encoding.UTF8.GetString(record).Split('\n').Select(line => line.TrimEnd('\r')).ToList(), null)
            : ([], "the log ends before");
    }

    // A log may have grown since, or been compressed: what was read is its beginning.
    private bool IsAsRead(string path, SourceEntry source)
    {
        if (!_isAsRead.TryGetValue(path, out var same))
            _isAsRead[path] = same = LedgerReadings.AsStored(path, [source]).Count > 0
                || LedgerReadings.AsDecompressed(path, [source]).Count > 0;
        return same;
    }

    /// <summary>A stream that goes forward, and back to the place that was last sought.</summary>
    private sealed class RereadStream(Stream inner) : Stream
    {
        private readonly byte[] _block = new byte[1 << 16];
        private byte[] _kept = [];
        private int _next;

        /// <summary>Nothing before it can be sought any more.</summary>
        public long Kept { get; private set; }

        /// <summary>Goes to an offset not before <see cref="Kept"/>; false when the stream ends there.</summary>
        public bool TrySeek(long offset)
        {
            while (Kept + _kept.Length <= offset)
            {
                Kept += _kept.Length;
                _kept = inner.Read(_block) is var got and > 0 ? _block[..got] : [];
                if (_kept.Length == 0)
                    return false;
            }
            _kept = _kept[(int)(offset - Kept)..];
            (Kept, _next) = (offset, 0);
            return true;
        }

        public override int Read(Span<byte> buffer)
        {
            if (_next == _kept.Length)
            {
                var got = inner.Read(_block);
                _kept = [.. _kept, .. _block.AsSpan(0, got)];
            }
            var count = Math.Min(buffer.Length, _kept.Length - _next);
            _kept.AsSpan(_next, count).CopyTo(buffer);
            _next += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Kept + _next; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
