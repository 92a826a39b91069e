using System.Globalization;
using System.Text;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Columns;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>One exposure: an account's data, shown by one operation.</summary>
/// <param name="Account">The id as the logs wrote it.</param>
/// <param name="Fields">Data categories joined by commas.</param>
public sealed record Exposure(
    string Account, string Operation, string Fields, EventTime First, EventTime Last, long Views);

/// <summary>
/// Who was exposed: numbers at hand, exposures in the engine. Decoys are in none of it but <see cref="Canaries"/>. Must
/// not outlive its engine.
/// </summary>
public sealed class Scope : IDisposable
{
    private readonly ScopeEngine _engine;
    private readonly IExposureSet _exposures;

    internal Scope(ScopeEngine engine, IExposureSet exposures) => (_engine, _exposures) = (engine, exposures);

    internal IExposureSet Exposed => _exposures;
    public required Predicate Predicate { get; init; }
    public required long Accounts { get; init; }
    public required PeopleCount People { get; init; }
    public required long Views { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<OperationCount> Operations { get; init; }

    /// <summary>Null when nobody was exposed.</summary>
    public required EventTime? First { get; init; }
    public required EventTime? Last { get; init; }
    public required CanaryEstimate Canaries { get; init; }
    public required ScopeCoverage Coverage { get; init; }
    public required CannotTell CannotTell { get; init; }
    /// <summary>
    /// What matched and names nobody; <see cref="People"/> and <see cref="CannotTell"/> are widened by it.
    /// </summary>
    public UnnamedTraffic Unnamed { get; init; } = UnnamedTraffic.None;
    public required IReadOnlyList<CategoryCount> Categories { get; init; }
    public required IReadOnlyList<DayCount> PerDay { get; init; }
    public required TryCount Refused { get; init; }
    public required TryCount Absent { get; init; }

    /// <summary>The steps by which the predicate was grown; none when it was not.</summary>
    public required IReadOnlyList<GrowthStep> Growth { get; init; }

    /// <summary>The number of the last commit of evidence in it.</summary>
    public int Commit => _engine.Ledger.Commits;

    /// <summary>The head of the journal at which all of it was taken; null where nothing was read.</summary>
    public LedgerHead? Head => _engine.Ledger.Head;

    /// <summary>All segments that were read.</summary>
    public required IReadOnlyList<SegmentEntry> Segments { get; init; }

    /// <summary>
    /// The exposures, integer accounts by number and then the others by the bytes of their ids, each by operation.
    /// Streamed: ask the engine nothing else meanwhile.
    /// </summary>
    public IEnumerable<Exposure> Exposures()
    {
        var fields = new Dictionary<(string Operation, long Mask), string>();
        return _exposures.Rows().Select(row =>
        {
            if (!fields.TryGetValue((row.Operation, row.Mask), out var text))
                fields[(row.Operation, row.Mask)] = text = _exposures.Fields.TextOf(row.Operation, row.Mask);
            return new Exposure(AccountText(row.Subject, row.Id), row.Operation, text, new EventTime(row.First),
                new EventTime(row.Last), row.Views);
        });
    }

    /// <summary>
    /// The people behind the exposures, sorted by id, each once, joined with a file of contacts
    /// <c>person,email,phone,language</c> where one is given. Streamed: ask the engine nothing else meanwhile. None
    /// without a directory of people. Throws <see cref="FormatException"/> when the file has other columns.
    /// </summary>
    public IEnumerable<ScopePerson> ReadPeople(string? contacts) => ScopePeople.Read(_engine, _exposures, contacts);

    /// <summary>
    /// <c>account,operation,fields,first,last,views</c>, a row an exposure in the order of <see cref="Exposures"/>;
    /// UTF-8, line feeds, times in UTC. The same scope gives the same bytes. Leaves the stream open.
    /// </summary>
    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        WriteCsv(writer);
    }

    public void WriteCsv(TextWriter writer)
    {
        writer.Write("account,operation,fields,first,last,views\n");
        foreach (var exposure in Exposures())
        {
            Csv.Write(writer, exposure.Account);
            writer.Write(',');
            Csv.Write(writer, exposure.Operation);
            writer.Write(',');
            Csv.Write(writer, exposure.Fields);
            writer.Write(',');
            writer.Write(exposure.First.ToString());
            writer.Write(',');
            writer.Write(exposure.Last.ToString());
            writer.Write(',');
            writer.Write(exposure.Views.ToString(CultureInfo.InvariantCulture));
            writer.Write('\n');
        }
    }

    /// <summary>
    /// The rows of <see cref="WriteCsv(Stream)"/> as a Parquet file; first and last as TIMESTAMPTZ. Replaces a file.
    /// </summary>
    public void WriteParquet(string path) => ExposureFile.Write(path, Exposures());

    /// <summary>
    /// The document of design section 6, with the categories, days, tries, segments and predicate added.
    /// </summary>
    public void WriteJson(Stream stream, bool indented = true) => ScopeJson.Write(this, stream, indented);

    public void Dispose() => _exposures.Dispose();

    internal static string AccountText(long subject, string? id) => subject >= 0
        ? subject.ToString(CultureInfo.InvariantCulture)
        : id ?? throw new InvalidDataException($"the ledger's dictionary has no id for the number {subject}");
}
