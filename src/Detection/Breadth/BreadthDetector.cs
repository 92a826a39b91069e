using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Staff;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// A reader saw more different people in an hour, a day, a month or a year than its role ever does; its own account
/// does not count. What employees and services read is told by <see cref="PeerDetector"/>.
/// </summary>
internal sealed class BreadthDetector(
    DetectionContext context, AddressSystems systems, BreadthOptions options, SurplusOptions surplus) : Detector
{
    // A role with fewer windows has nothing to compare with; sessions, of which hardly any sees others, need more.
    private const int LeastWindows = 5;
    private const int LeastSessionDays = 50;

    private readonly ReaderCounts _counts = new(context, options, new StaffDays(surplus.MostPrincipals));
    private readonly SystemCounts _systems = new(context, systems, options);
    private readonly PersonOrdinals _people = new();
    private readonly LocalTime _clock = new(context.Zone);

    public override string Name => "breadth";

    public ReaderCounts Counts => _counts;
    public SystemCounts Systems => _systems;

    /// <summary>The windows of one reader that are above its role's threshold.</summary>
    internal sealed record Excess(
        Reader Reader, CountingSpan Span, IReadOnlyList<WindowCount> Windows, double Threshold, double Median)
    {
        /// <summary>Of a system those networks that others were read from, and whether there were more.</summary>
        public IReadOnlyCollection<Symbol> Networks { get; init; } = [];
        public bool HasMoreNetworks { get; init; }
    }

    public override void Observe(AccessBatch batch)
    {
        Span<Reader> readers = stackalloc Reader[5];
        Span<int> numbers = stackalloc int[Spans.Count];
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0
                || batch.Outcome[row] != Outcome.Disclosed || batch.Subject[row].IsNone
                || (batch.Traits[row] & Trait.Canary) != 0)
                continue;
            var (count, system) = (Reader.Of(batch, row, readers), _systems.Of(batch, row));
            if (count == 0 && system.IsNone)
                continue;
            var person = _people.Of(batch.Subject[row]);
            Number(batch.Time[row], numbers);
            foreach (var reader in readers[..count])
                _counts.See(reader, batch, row, person, numbers);
            if (!system.IsNone)
                _systems.See(
                    system, batch, row, _people.Of(batch.Account[row]),
                    (batch.Traits[row] & Trait.SomeoneElse) != 0 ? person : null, numbers);
        }
    }

    public override IEnumerable<Finding> Conclude() => Report(staff: false, Name);

    /// <summary>Findings about employees and services, or about everybody else.</summary>
    public IEnumerable<Finding> Report(bool staff, string detector) =>
        Excesses().Concat(_systems.Excesses())
            .Where(excess => excess.Reader.Kind == ReaderKind.Principal == staff && !IsTold(excess))
            .GroupBy(excess => excess.Reader)
            // Of a reader's windows the day is told, for people think in days.
            .Select(reader => (Reader: reader.Key, Excesses: reader
                .OrderBy(excess => excess.Span == CountingSpan.Day ? 0 : 1).ThenBy(e => e.Span).ToList()))
            .GroupBy(reader => reader.Reader.Kind)
            .SelectMany(kind => BreadthReport.Joined(kind.Key, [.. kind.Select(reader =>
                BreadthReport.Of(context, detector, reader.Excesses))]))
            .OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);

    public override void Save(BinaryWriter state)
    {
        _people.Save(state);
        _counts.Save(state);
    }

    public override void Restore(BinaryReader state)
    {
        _people.Restore(state);
        _counts.Restore(state);
    }

    public void SaveSystems(BinaryWriter state) => _systems.Save(state);

    public void RestoreSystems(BinaryReader state) => _systems.Restore(state);

    private IEnumerable<Excess> Excesses()
    {
        foreach (var (kind, _, span, role) in _counts.Roles())
        {
            if (role.Above.Count == 0)
                continue;
            // Whoever sees another person at all is rare: with no population of them the floor decides.
            var (isSession, floor) = (kind == ReaderKind.Credential, options.Floor(kind, span));
            var threshold = role.Threshold(
                floor, options.Deviations, options.LeastSpread, isSession ? LeastSessionDays : LeastWindows,
                out var median) ?? (isSession ? floor : double.PositiveInfinity);
            foreach (var reader in role.Above.Where(a => a.Window.Count > threshold).GroupBy(above => above.Reader))
                yield return new Excess(
                    reader.Key, span, [.. reader.Select(above => above.Window).OrderBy(w => w.Number)], threshold,
                    median);
        }
    }

    private bool IsTold(Excess excess) =>
        (excess.Reader.Kind is ReaderKind.Credential or ReaderKind.Principal
            ? Causes.Found.Contains(excess.Reader.Actor)
            : excess.Windows.All(window => Causes.Name(window.Sample!)))
        || (Causes.Unissued
            && excess.Windows.Sum(w => w.UnissuedViews) * 2 > excess.Windows.Sum(window => window.Views));

    /// <summary>Hour, day, month and year in the configured zone.</summary>
    private void Number(EventTime time, Span<int> numbers)
    {
        var local = _clock.Of(time);
        numbers[0] = (int)(local.MinuteNumber / 60);
        numbers[1] = local.DayNumber;
        numbers[2] = local.DayNumber / 30;
        numbers[3] = local.DayNumber / 360;
    }
}
