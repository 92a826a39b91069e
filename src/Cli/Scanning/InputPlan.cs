using WhoSaw.Intake.Sources;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>Which files a run reads: all that the sources name, less what the ledger has already.</summary>
internal sealed record InputPlan(
    IReadOnlyList<InputFile> Files, IReadOnlyList<string> AlreadyRead, IReadOnlyList<string> Faults, long StoredBytes)
{
    public static InputPlan Of(ScanPlan plan, Catalog catalog, LedgerWriter ledger)
    {
        var files = new List<InputFile>();
        var alreadyRead = new List<string>();
        var faults = new List<string>();
        long bytes = 0;
        foreach (var source in plan.Sources)
        {
            var sourceIndex = catalog.AddSource(source.Id);
            var (found, problems) = source.Path == InputFile.StandardInput
                ? ([new SourceFile(InputFile.StandardInput, InputFile.StandardInput, source.Id)], [])
                : SourceFiles.Expand(source, plan.BaseDirectory);
            faults.AddRange(problems);
            foreach (var file in found)
            {
                var skip = Known(file, source, ledger);
                if (skip == long.MaxValue)
                {
                    alreadyRead.Add(file.Display);
                    continue;
                }
                var stream = catalog.AddStream(sourceIndex, file.Stream);
                var index = catalog.AddFile(stream, file.Display);
                files.Add(new InputFile(index, file.Path, file.Display, stream, source, skip));
                bytes += SizeOf(file);
            }
        }
        return new InputPlan(files, alreadyRead, faults, bytes);
    }

    private static long SizeOf(SourceFile file) =>
        file.Path == InputFile.StandardInput ? 0 : new FileInfo(file.Path).Length;

    /// <summary>
    /// How much of a file the ledger has: all of it (<see cref="long.MaxValue"/>), the bytes before it grew, or
    /// nothing. By digest, never by name or time.
    /// </summary>
    private static long Known(SourceFile file, SourceOptions source, LedgerWriter ledger)
    {
        if (file.Path == InputFile.StandardInput)
            return 0;
        var size = SizeOf(file);
        if (size > 0 && ledger.MayHaveBeenRead(size) && ledger.WasRead(SourceStreams.Digest(file.Path, size)))
            return long.MaxValue;
        foreach (var earlier in ledger.Contents.Sources
            .Where(entry => entry.File == file.Display && entry.Size > 0 && entry.Size < size)
            .OrderByDescending(entry => entry.Size))
        {
            if (IsPlain(file.Path) && SourceStreams.Digest(file.Path, earlier.Size)
                .Equals(earlier.Sha256, StringComparison.OrdinalIgnoreCase))
                return GrownFile.Continuation(file.Path, source, earlier.Size);
        }
        return 0;
    }

    private static bool IsPlain(string path)
    {
        Span<byte> head = stackalloc byte[4];
        using var file = File.OpenRead(path);
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return !(count >= 2 && head[0] == 0x1F && head[1] == 0x8B)
            && !(count == 4 && head.SequenceEqual(new byte[] { 0x28, 0xB5, 0x2F, 0xFD }));
    }
}
