using System.Globalization;
using System.Text.Json;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scoring;

/// <summary>What really happened to one account through one operation.</summary>
internal readonly record struct TrueExposure(EventTime First, EventTime Last, long Views, long ViewsNotLogged)
{
    public bool IsLogged => Views > ViewsNotLogged;
}

/// <summary>A stretch that the logs of a stream lack.</summary>
internal sealed record LostLog(string Stream, EventTime From, EventTime To);

/// <summary>
/// The truth of a replay: <c>truth.json</c> and <c>truth-exposed.csv</c>, or the latter's rows as <c>truth.csv</c>.
/// </summary>
internal sealed record ReplayTruth
{
    private static readonly string[] RowFiles = ["truth-exposed.csv", "truth.csv"];

    public required string Scenario { get; init; }
    public required IReadOnlyDictionary<(string Account, string Operation), TrueExposure> Exposed { get; init; }

    /// <summary>Null where the replay says only whether something was lost.</summary>
    public IReadOnlyList<LostLog>? Lost { get; init; }
    public long CrimeRequests { get; init; }

    /// <summary>How exact a scope can be at best.</summary>
    public double PrecisionFloor { get; init; } = 0.999;

    /// <summary>Values of any column that give the crime away.</summary>
    public IReadOnlySet<string> Indicators { get; init; } = new HashSet<string>();

    public bool IsCrime => Exposed.Count > 0;

    /// <summary>Whether anything of the crime stands in logs by the account.</summary>
    public bool IsLogged => Exposed.Values.Any(exposure => exposure.IsLogged);

    /// <summary>By account, the first time that something of it was shown.</summary>
    public Dictionary<string, EventTime> FirstByAccount()
    {
        var first = new Dictionary<string, EventTime>(StringComparer.Ordinal);
        foreach (var ((account, _), exposure) in Exposed)
            if (!first.TryGetValue(account, out var known) || exposure.First < known)
                first[account] = exposure.First;
        return first;
    }

    /// <summary>
    /// Throws <see cref="FileNotFoundException"/> for a folder without a truth, and <see cref="FormatException"/>.
    /// </summary>
    public static ReplayTruth Read(string folder)
    {
        var rows = RowFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{folder} has no truth-exposed.csv: it is no replay");
        var exposed = ReadRows(rows);
        var summary = Path.Combine(folder, "truth.json");
        var name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        if (!File.Exists(summary))
            return new ReplayTruth { Scenario = name, Exposed = exposed };
        using var file = JsonDocument.Parse(File.ReadAllText(summary));
        var root = file.RootElement;
        return new ReplayTruth
        {
            Scenario = root.TryGetProperty("scenario", out var scenario) ? scenario.GetString() ?? name : name,
            Exposed = exposed,
            CrimeRequests = root.TryGetProperty("crimeRequests", out var requests) ? requests.GetInt64() : 0,
            PrecisionFloor = root.TryGetProperty("precisionFloor", out var floor) ? floor.GetDouble() : 0.999,
            Indicators = root.TryGetProperty("indicators", out var indicators)
                ? indicators.EnumerateObject().SelectMany(column => column.Value.EnumerateArray())
                    .Select(value => value.GetString()!).ToHashSet(StringComparer.Ordinal)
                : [],
            Lost = root.TryGetProperty("lost", out var lost)
                ? [.. lost.EnumerateArray().Select(l => new LostLog(
                    l.GetProperty("stream").GetString()!, Moment(l.GetProperty("from").GetString()!),
                        Moment(l.GetProperty("to").GetString()!)))]
                : null,
        };
    }

    private static Dictionary<(string, string), TrueExposure> ReadRows(string path)
    {
        var exposed = new Dictionary<(string, string), TrueExposure>();
        foreach (var line in File.ReadLines(path).Skip(1).Where(line => line.Length > 0))
        {
            var cells = line.Split(',');
            if (cells.Length != 6)
                throw new FormatException($"{path}: a row of the truth has six cells");
            exposed.Add((cells[0], cells[1]), new TrueExposure(
                Moment(cells[2]), Moment(cells[3]), long.Parse(cells[4], CultureInfo.InvariantCulture),
                long.Parse(cells[5], CultureInfo.InvariantCulture)));
        }
        return exposed;
    }

    private static EventTime Moment(string text) =>
        EventTime.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
