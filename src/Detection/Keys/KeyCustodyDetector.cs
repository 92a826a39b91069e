using WhoSaw.Records;

namespace WhoSaw.Detection.Keys;

/// <summary>
/// A key is accepted in live traffic although somebody who held it has left, or it was retired. A state of affairs,
/// raised once a key.
/// </summary>
internal sealed class KeyCustodyDetector(DetectionContext context) : Detector
{
    private readonly Dictionary<Symbol, Use> _uses = [];

    public override string Name => "key-custody";
    public override long Facts => _uses.Count;

    /// <param name="Holder">Who left; null when the key was retired.</param>
    private sealed record Ending(EventTime At, string? Holder);

    private sealed class Use(Ending ending, AccessBatch batch, int row, Catalog catalog)
    {
        public Ending Ending => ending;
        public EventTime First { get; private set; } = batch.Time[row];
        public EventTime Last { get; private set; } = batch.Time[row];
        public RecordLocation Sample { get; private set; } = Location(batch, row, catalog);

        public void See(AccessBatch batch, int row, Catalog catalog)
        {
            var time = batch.Time[row];
            if (time > Last)
                Last = time;
            else if (time < First && time >= ending.At)
                (First, Sample) = (time, Location(batch, row, catalog));
        }

        private static RecordLocation Location(AccessBatch batch, int row, Catalog catalog) =>
            new(catalog.Files[batch.File[row]].Path, batch.Offset[row]);
    }

    public override void Observe(AccessBatch batch)
    {
        if (context.Keys.Holdings.Count == 0)
            return;
        for (var row = 0; row < batch.Count; row++)
        {
            var key = batch.Key[row];
            // What was refused, or failed, does not show that the key is accepted.
            if (key.IsNone || batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked
                || batch.Outcome[row] is Outcome.Refused or Outcome.Failed)
                continue;
            if (_uses.TryGetValue(key, out var use))
                use.See(batch, row, context.Catalog);
            else if (Broken(key, batch.Time[row]) is { } broken)
                _uses.Add(key, new Use(broken, batch, row, context.Catalog));
        }
    }

    public override IEnumerable<Finding> Conclude() =>
        _uses.OrderBy(use => use.Value.First).ThenBy(use => use.Key.Index)
            .Select(pair => Report(context.Catalog.Symbols.Text(pair.Key)!, pair.Value));

    /// <summary>The end of good custody that came first: the key's retirement, or the leaving of a holder.</summary>
    /// <remarks>
    /// The answer for a key that is in order can change as time goes on, so only broken custody is remembered; the
    /// register is short.
    /// </remarks>
    private Ending? Broken(Symbol key, EventTime time)
    {
        var id = context.Catalog.Symbols.Bytes(key);
        Ending? earliest = null;
        foreach (var holding in context.Keys.Holdings)
        {
            if (!System.Text.Encoding.UTF8.GetBytes(holding.Key).AsSpan().SequenceEqual(id))
                continue;
            if (holding.Retired is { } retired && time >= retired && !(earliest?.At <= retired))
                earliest = new Ending(retired, null);
            if (holding.Left is { } left && time >= left && !(earliest?.At <= left))
                earliest = new Ending(left, holding.Holder);
        }
        return earliest;
    }

    private Finding Report(string key, Use use)
    {
        var (end, holder) = use.Ending;
        // A retirement counts from the start of its day, a leaving from the end of the last one.
        var day = TimeZoneInfo.ConvertTime((holder is null ? end : end.Plus(-1)).ToUtc(), context.Zone);
        var date = day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var because = holder is null ? $"it was retired on {date}" : $"{holder}, who held it, left on {date}";
        return new Finding
        {
            Kind = FindingKind.Custody,
            Detector = Name,
            Severity = Severity.High,
            Raised = use.First,
            First = use.First,
            Last = use.Last,
            Title = holder is null
                ? $"Key {key} is still accepted although it was retired"
                : $"Key {key} is still accepted although a holder has left",
            Why = $"Key {key} is accepted in live traffic although {because}.",
            ActorKind = "key",
            ActorValue = key,
            Where = "key = " + Findings.Literals.Text(key),
            Technique = "T1552.004",
            Samples = [use.Sample],
        };
    }
}
