using System.Security.Cryptography;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Which record is meant: its line, and of the people of that line which.</summary>
/// <param name="Subject">None where the record names nobody.</param>
public readonly record struct RecordKey(EventTime Time, string Source, string File, long Offset, SubjectId Subject);

/// <summary>What of a ledger goes out.</summary>
public sealed record ExcerptRequest
{
    public required IReadOnlySet<RecordKey> Records { get; init; }

    /// <summary>The words that picked them: for people, and for whoever repeats it.</summary>
    public required string Where { get; init; }
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The case whose events go with it; null for none.</summary>
    public string? Case { get; init; }
    public string? Reason { get; init; }
    public required string By { get; init; }
    public EventTime? Now { get; init; }
}

/// <summary>An excerpt that was written.</summary>
/// <param name="Directory">Where its files are.</param>
/// <param name="Rows">Access records in it.</param>
internal sealed record Excerpt(string Directory, string Where, IReadOnlyList<ExcerptPart> Parts, long Rows)
{
    // An entry of the journal has at most 65,535 bytes.
    private const int PartsAnEntry = 100;

    public IReadOnlyList<JournalEntry> Entries(ExcerptRequest request)
    {
        var where = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Where)));
        var chunks = Parts.Chunk(PartsAnEntry).DefaultIfEmpty([]).ToList();
        return [.. chunks.Select((parts, place) => new ExcerptMade(
            where, parts, place == chunks.Count - 1, request.Reason, request.By) { Time = request.Now })];
    }
}

/// <summary>
/// Writes some rows of a ledger's files, in their order, under <c>excerpts/</c>. The same ledger and the same records
/// give the same bytes, so that whoever has the ledger can repeat it.
/// </summary>
internal sealed class ExcerptFiles(string directory, string into)
{
    private readonly Staging _staging = new(FileSystem.Real, into);
    private readonly List<ExcerptPart> _parts = [];
    private readonly HashSet<long> _subjects = [];

    public Excerpt Write(ExcerptRequest request, IReadOnlyList<Finding> findings)
    {
        var state = Journal.Load(directory).State;
        var rows = 0L;
        foreach (var segment in state.Segments)
        {
            var keep = Chosen(segment, request.Records);
            var kept = keep.LongCount(each => each);
            if (kept > 0)
                Add(segment.Name, segment.Sha256, kept, file => new TableFilter(PathOf(segment.Name)).Write(
                    file, segment.Name, keep));
            rows += kept;
        }
        foreach (var file in state.Of(FileKind.Dictionary))
            Table(file, "number");
        foreach (var kind in new[] { FileKind.Accounts, FileKind.People })
            if (state.Of(kind).LastOrDefault() is { } newest)
                Table(newest, "account");
        foreach (var file in state.Of(FileKind.Findings))
            Lines(file, findings);
        _staging.Publish();
        _staging.Forget();
        return new Excerpt(into, request.Where, _parts, rows);
    }

    private bool[] Chosen(SegmentEntry segment, IReadOnlySet<RecordKey> records)
    {
        var keep = new bool[segment.Rows];
        using var table = new TableReader(PathOf(segment.Name), segment.Name);
        for (int group = 0, start = 0; group < table.Groups; group++, start += table.Rows)
        {
            table.OpenGroup(group);
            var (times, offsets) = (table.Longs("time"), table.Longs("offset"));
            var (sources, files) = (table.Texts("source"), table.Texts("file"));
            var (subjects, accounts) = (
                table.Longs("subject", SubjectId.None.Value), table.Longs("account", SubjectId.None.Value));
            var (sourceNames, fileNames) = (Names(sources), Names(files));
            for (var row = 0; row < table.Rows; row++)
            {
                var key = new RecordKey(
                    new EventTime(times[row]), sourceNames[sources.Keys[row]], fileNames[files.Keys[row]],
                    offsets[row], new SubjectId(subjects[row]));
                if (!records.Contains(key))
                    continue;
                keep[start + row] = true;
                _subjects.Add(subjects[row]);
                _subjects.Add(accounts[row]);
            }
        }
        return keep;
    }

    private static string[] Names(TextKeys texts) =>
        [.. texts.Texts.Select(text => text is null ? "" : Encoding.UTF8.GetString(text))];

    private void Table(FileStamp file, string column)
    {
        var keep = Array.ConvertAll(
            TableFilter.Numbers(PathOf(file.Name), column), number => number is { } known && _subjects.Contains(known));
        var kept = keep.LongCount(each => each);
        if (kept > 0)
            Add(file.Name, file.Sha256, kept, part => new TableFilter(PathOf(file.Name)).Write(part, file.Name, keep));
    }

    private void Lines(FileStamp file, IReadOnlyList<Finding> findings)
    {
        var wanted = findings.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        var lines = File.ReadLines(PathOf(file.Name))
            .Where(line => wanted.Contains(FindingJson.Read(Encoding.UTF8.GetBytes(line)).Id)).ToList();
        if (lines.Count > 0)
            Add(file.Name, file.Sha256, lines.Count, part =>
            {
                part.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
                part.Complete();
            });
    }

    private void Add(string of, string digest, long rows, Action<StagedFile> write)
    {
        var name = "excerpts/" + of;
        var file = _staging.Create(name);
        write(file);
        _parts.Add(new ExcerptPart(name, file.Sha256, rows, of, digest));
    }

    private string PathOf(string name) => Path.Combine(directory, name);
}
