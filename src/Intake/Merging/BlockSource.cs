using System.Collections.Concurrent;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Intake.Merging;

/// <summary>
/// Reads and parses the blocks of one source's files on a bounded number of workers; keeps parsers and blocks for
/// reuse.
/// </summary>
internal sealed class BlockSource(
    Func<BlockParser> createParser, Func<string, Stream> open, TaskScheduler workers, long disorder)
{
    private readonly ConcurrentBag<BlockParser> _parsers = [];
    private readonly ConcurrentBag<RecordBlock> _blocks = [];

    public long Disorder { get; } = disorder;

    public LogReader Open(InputFile file)
    {
        var parser = Rent();
        var reader = new LogReader(file, open, parser.Format);
        _parsers.Add(parser);
        return reader;
    }

    /// <summary>The next block of a file, once the one before was read.</summary>
    public Task<LineBlock?> Read(LogReader reader, Task<LineBlock?> previous) =>
        previous.ContinueWith(
            done =>
            {
                done.GetAwaiter().GetResult();
                return reader.Next();
            },
            CancellationToken.None, TaskContinuationOptions.None, workers);

    public Task<RecordBlock?> Parse(Task<LineBlock?> read) =>
        read.ContinueWith(
            done =>
            {
                if (done.GetAwaiter().GetResult() is not { } lines)
                    return null;
                var parser = Rent();
                var block = _blocks.TryTake(out var used) ? used : new RecordBlock();
                parser.Parse(lines, block);
                _parsers.Add(parser);
                return block;
            },
            CancellationToken.None, TaskContinuationOptions.None, workers);

    public void Return(RecordBlock block) => _blocks.Add(block);

    /// <summary>The first bytes, decompressed; how many there were.</summary>
    public int Head(InputFile file, byte[] buffer)
    {
        using var stored = open(file.Path);
        using var bytes = Decompression.Open(stored);
        return bytes.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    public LineFormat CreateFormat() => createParser().Format;

    private BlockParser Rent() => _parsers.TryTake(out var parser) ? parser : createParser();
}
