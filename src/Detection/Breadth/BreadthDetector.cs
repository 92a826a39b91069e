using System.Globalization;
using System.Runtime.InteropServices;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

internal enum BreadthActor : byte
{
    Credential,
    Principal,

    /// <summary>Only where the log names neither a principal nor an account; own data then counts too.</summary>
    Client,
}

/// <summary>
/// An actor saw more different people in a day than its role ever does; its own account does not count.
/// </summary>
internal sealed class BreadthDetector(DetectionContext context, BreadthOptions options) : Detector
{
    private readonly Dictionary<(BreadthActor Kind, short Role), RoleDays> _roles = [];
    private readonly SortedDictionary<int, OpenDay> _open = [];
    private long _offsetHour = long.MinValue;
    private long _offset;

    public override string Name => "breadth";

    /// <summary>Leave views of unissued sessions to the finding of passes that nobody issued.</summary>
    public bool IgnoresUnissued { get; set; }

    /// <summary>Actors whom another finding names already.</summary>
    public IReadOnlySet<Actor> Explained { get; set; } = new HashSet<Actor>();

    /// <param name="Id">A fingerprint, or the index of a symbol.</param>
    /// <param name="Role">For a principal the operation: support staff and a delivery service are different
    /// roles.</param>
    private readonly record struct Reader(BreadthActor Kind, ulong Id, short Role);

    private sealed class OpenDay
    {
        public readonly Dictionary<Reader, PeopleSeen> Seen = [];
        public readonly PairSet Pairs = new();
    }

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0
                || batch.Outcome[row] != Outcome.Disclosed || batch.Subject[row].IsNone
                || (batch.Traits[row] & Trait.Canary) != 0 || ActorOf(batch, row) is not { } actor)
                continue;
            var day = DayOf(batch.Time[row]);
            if (!_open.TryGetValue(day, out var open))
            {
                CloseBefore(day - 1);
                _open.Add(day, open = new OpenDay());
            }
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(open.Seen, actor, out _);
            var isNew = open.Pairs.Add(
                actor.Id ^ ((ulong)actor.Kind << 62) ^ ((ulong)actor.Role << 40), (ulong)batch.Subject[row].Value);
            seen.See(batch, row, isNew, FloorOf(actor.Kind));
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        CloseBefore(int.MaxValue);
        var found = new List<Finding>();
        foreach (var (role, days) in _roles)
        {
            // Sessions that see another person at all are few: with no population of them the floor decides.
            var isSession = role.Kind == BreadthActor.Credential;
            var threshold = days.Threshold(options.Deviations, options.LeastSpread, isSession ? 50 : 5, out var median)
                ?? (isSession ? days.Floor : double.PositiveInfinity);
            foreach (var actor in days.Above.Where(day => day.Seen.Count > threshold).GroupBy(day => day.Actor))
            {
                var seen = actor.OrderBy(day => day.Day).Select(day => day.Seen).ToList();
                if (Explained.Contains(new Actor(isSession ? ActorKind.Credential : ActorKind.Principal, actor.Key)))
                    continue;
                if (!(IgnoresUnissued && seen.Sum(day => day.UnissuedViews) * 2 > seen.Sum(day => day.Views)))
                    found.Add(Report(new Reader(role.Kind, actor.Key, role.Role), seen, threshold, median));
            }
        }
        return found.OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);
    }

    private static Reader? ActorOf(AccessBatch batch, int row)
    {
        if (!batch.Principal[row].IsNone)
            return new Reader(BreadthActor.Principal, (ulong)batch.Principal[row].Index, batch.Operation[row]);
        if (!batch.Account[row].IsNone)
            return batch.Credential[row] != 0 && (batch.Traits[row] & Trait.SomeoneElse) != 0
                ? new Reader(BreadthActor.Credential, batch.Credential[row], 0)
                : null;
        return batch.Client[row].IsNone ? null : new Reader(BreadthActor.Client, (ulong)batch.Client[row].Index, 0);
    }

    /// <summary>The day in the configured zone; the zone is asked once an hour of the log.</summary>
    private int DayOf(EventTime time)
    {
        var hour = time.Microseconds / EventTime.Hour;
        if (hour != _offsetHour)
        {
            _offsetHour = hour;
            _offset = context.Zone.GetUtcOffset(time.ToUtc()).Ticks / TimeSpan.TicksPerMicrosecond;
        }
        return time.Plus(_offset).DayNumber;
    }

    private void CloseBefore(int day)
    {
        foreach (var (number, open) in _open.Where(open => open.Key < day).ToList())
        {
            foreach (var (actor, seen) in open.Seen)
            {
                if (!_roles.TryGetValue((actor.Kind, actor.Role), out var role))
                    _roles.Add((actor.Kind, actor.Role), role = new RoleDays(FloorOf(actor.Kind)));
                role.Add(actor.Id, number, seen);
            }
            _open.Remove(number);
        }
    }

    private int FloorOf(BreadthActor kind) => kind switch
    {
        BreadthActor.Credential => options.SessionFloor,
        BreadthActor.Principal => options.PrincipalFloor,
        _ => options.ClientFloor,
    };

    private Finding Report(Reader actor, List<PeopleSeen> days, double threshold, double median)
    {
        var text = actor.Kind == BreadthActor.Credential
            ? actor.Id.ToString("x16", CultureInfo.InvariantCulture)
            : context.Catalog.Symbols.Text(new Symbol((int)actor.Id))!;
        var (first, last) = (days[0].First, days.Max(day => day.Last));
        var most = days.Max(day => day.Count).ToString("N0", CultureInfo.InvariantCulture);
        var limit = Math.Floor(threshold).ToString("N0", CultureInfo.InvariantCulture);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = actor.Kind == BreadthActor.Client ? Severity.Low : Severity.High,
            Raised = days.Min(day => day.CrossedAt(threshold, FloorOf(actor.Kind))),
            First = first,
            Last = last,
            Title = actor.Kind switch
            {
                BreadthActor.Credential => "One session reads many other people's data",
                BreadthActor.Principal => $"{text} reads far more people than its role does",
                _ => "One address reads many people's data",
            },
            Why = $"Up to {most} different people a day, on {Counted.Of(days.Count, "day")}; more than {limit} is "
                + "out of the ordinary here.",
            Evidence =
            [
                new Evidence(
                    "different people a day", "up to " + most,
                    $"median {median.ToString("0.#", CultureInfo.InvariantCulture)}, threshold {limit}"),
            ],
            ActorKind = actor.Kind.ToString().ToLowerInvariant(),
            ActorValue = text,
            Where = WhereOf(actor, text, first, last),
            Technique = "T1213",
            Samples =
                [.. days.Take(5).Select(day => new RecordLocation(context.Catalog.Files[day.File].Path, day.Offset))],
        };
    }

    private string WhereOf(Reader actor, string text, EventTime first, EventTime last) => actor.Kind switch
    {
        BreadthActor.Credential => "credential = '" + text + "' and someone-else",
        BreadthActor.Principal => "principal = " + Literals.Text(text)
            + " and operation = " + Literals.Text(context.Catalog.Operations[actor.Role].Name)
            + $" and time between '{first}' and '{last}'",
        _ => "client = " + Literals.Text(text) + $" and time between '{first}' and '{last}'",
    };
}
