using System.Globalization;
using DuckDB.NET.Data;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Answers questions about one state of a ledger, exactly. Embedded DuckDB over the segments; see docs/decisions/0002.
/// One question at a time; the same question gives the same answer for any number of threads.
/// </summary>
public sealed class ScopeEngine : IDisposable
{
    private const int SummariesInOnePass = 24;
    private static int s_engines;
    private readonly string _spillDirectory;
    private readonly ScopeEngineOptions _options;
    private int _scopes;

    private ScopeEngine(LedgerContents ledger, ScopeEngineOptions options)
    {
        Ledger = ledger;
        _options = options;
        // One of its own for each engine: DuckDB names its files alike everywhere.
        _spillDirectory = Path.Combine(options.SpillDirectory ?? ledger.PathOf(Path.Combine("state", "spill")),
            string.Create(
                CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref s_engines)}"));
        Directory.CreateDirectory(_spillDirectory);
        View = new LedgerView(() => new Database(options, _spillDirectory), ledger);
    }

    public LedgerContents Ledger { get; }
    internal Database Database => View.Database;
    internal LedgerView View { get; }

    /// <summary>
    /// Opens the ledger for reading. Throws <see cref="SegmentMissingException"/> when a segment of its log is not on
    /// disk, and <see cref="FileNotFoundException"/> for another file of it.
    /// </summary>
    public static ScopeEngine Open(LedgerContents ledger, ScopeEngineOptions? options = null)
    {
        foreach (var segment in ledger.Segments)
            if (!File.Exists(ledger.PathOf(segment.Name)))
                throw new SegmentMissingException(segment);
        foreach (var name in new[] { ledger.Accounts, ledger.People }.OfType<string>().Concat(ledger.Dictionaries))
            if (!File.Exists(ledger.PathOf(name)))
                throw new FileNotFoundException("a file that the ledger's log names is not on disk", name);
        return new ScopeEngine(ledger, options ?? new ScopeEngineOptions());
    }

    /// <summary>Who was exposed. The scope keeps its exposures in the engine until it is disposed of.</summary>
    public Scope Compute(ScopeRequest request)
    {
        var predicate = Predicate.Or(request.Where);
        var exposures = Count(predicate, request.DayOffset);
        return new ScopeBuilder(this, exposures, request, predicate).Build();
    }

    // Ourselves in memory where it fits, and DuckDB, which spills to disk, where it does not.
    private IExposureSet Count(Predicate predicate, TimeSpan dayOffset)
    {
        _scopes++;
        IExposureSet? counted = _options.Counting == Counting.Tables
            ? null
            : ExposureScan.Run(this, predicate, dayOffset, View.Decoys(), MemoryForExposures());
        return counted ?? new TableExposures(this, predicate, _scopes, dayOffset);
    }

    private long MemoryForExposures() => _options.ExposureMemory > 0 ? _options.ExposureMemory
        : _options.MemoryLimit > 0 ? _options.MemoryLimit
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>A file of this engine's own for what does not stay in memory; goes with the engine.</summary>
    internal string SpillFile(string kind) => Path.Combine(
        _spillDirectory, string.Create(CultureInfo.InvariantCulture, $"{kind}-{_scopes}.parquet"));

    internal int Threads => _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;

    /// <summary>
    /// The numbers of many predicates, each by itself, in as few passes over the ledger as possible, in the order
    /// given.
    /// </summary>
    public IReadOnlyList<ScopeSummary> Summarise(IReadOnlyList<Predicate> predicates) =>
        [.. predicates.Chunk(SummariesInOnePass).SelectMany(SummarisePass)];

    /// <summary>
    /// Numbers for the account ids in the predicates that are no integers; none for an id that was never seen.
    /// </summary>
    internal Func<string, SubjectId> SubjectsOf(params IEnumerable<Predicate> predicates) =>
        View.Numbers(predicates.SelectMany(predicate => predicate.AccountTexts).Distinct().ToList());

    private List<ScopeSummary> SummarisePass(Predicate[] predicates)
    {
        var parameters = new SqlParameters();
        var subjects = SubjectsOf(predicates);
        var tests = predicates.Select((predicate, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{predicate.WriteSql(parameters, subjects)} AS p{i}"));
        var counts = predicates.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"""
            count(DISTINCT subject) FILTER (WHERE p{i} AND NOT decoy), count(*) FILTER (WHERE p{i} AND NOT decoy),
            min(moment) FILTER (WHERE p{i} AND NOT decoy), max(moment) FILTER (WHERE p{i} AND NOT decoy),
            count(DISTINCT subject) FILTER (WHERE p{i} AND decoy),
            list(DISTINCT fields) FILTER (WHERE p{i} AND NOT decoy)
            """));
        var sql = $"""
            SELECT {string.Join(",\n", counts)}
            FROM (SELECT subject, epoch_us("time") AS moment, fields,
                         subject IN (SELECT account FROM canary) AS decoy, {string.Join(", ", tests)}
                  FROM disclosed)
            """;
        return Database.One(sql, parameters.Values, row => Enumerable.Range(0, predicates.Length).Select(i =>
        {
            var at = i * 6;
            return new ScopeSummary(row.GetInt64(at), row.GetInt64(at + 1), Moment(row.Number(at + 2)),
                Moment(row.Number(at + 3)), row.GetInt64(at + 4), Categories(row, at + 5));
        }).ToList());
    }

    private static List<string> Categories(DuckDBDataReader row, int column) => row.IsDBNull(column)
        ? []
        : [.. row.GetFieldValue<List<string>>(column).SelectMany(fields => fields.Split(','))
            .Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    internal static EventTime? Moment(long? microseconds) => microseconds is { } value ? new EventTime(value) : null;

    public void Dispose()
    {
        View.Close();
        if (Directory.Exists(_spillDirectory))
            Directory.Delete(_spillDirectory, recursive: true);
    }
}
