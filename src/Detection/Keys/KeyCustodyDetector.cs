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

    private sealed class Use
    {
        public required KeyHolding Holding;
        public required bool IsRetired;
        public required EventTime First;
        public EventTime Last;
        public required RecordLocation Sample;
    }

    public override void Observe(AccessBatch batch)
    {
        if (context.Keys.Holdings.Count == 0)
            return;
        for (var row = 0; row < batch.Count; row++)
        {
            var key = batch.Key[row];
            if (key.IsNone || batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked)
                continue;
            if (_uses.TryGetValue(key, out var use))
                use.Last = batch.Time[row] > use.Last ? batch.Time[row] : use.Last;
            else if (Broken(key, batch.Time[row]) is { } broken)
                _uses.Add(key, new Use
                {
                    Holding = broken.Holding,
                    IsRetired = broken.IsRetired,
                    First = batch.Time[row],
                    Last = batch.Time[row],
                    Sample = new RecordLocation(context.Catalog.Files[batch.File[row]].Path, batch.Offset[row]),
                });
        }
    }

    public override IEnumerable<Finding> Conclude() =>
        _uses.OrderBy(use => use.Value.First).ThenBy(use => use.Key.Index)
        .Select(pair => Report(context.Catalog.Symbols.Text(pair.Key)!, pair.Value));

    // The answer for a key that is in order can change as time goes on, so only broken custody is remembered; the
    // register is short.
    private (KeyHolding Holding, bool IsRetired)? Broken(Symbol key, EventTime time)
    {
        var id = context.Catalog.Symbols.Bytes(key);
        foreach (var holding in context.Keys.Holdings)
        {
            if (!System.Text.Encoding.UTF8.GetBytes(holding.Key).AsSpan().SequenceEqual(id))
                continue;
            if (holding.Retired is { } retired && time >= retired)
                return (holding, true);
            if (holding.Left is { } left && time >= left)
                return (holding, false);
        }
        return null;
    }

    private Finding Report(string key, Use use)
    {
        var day = (use.IsRetired ? use.Holding.Retired : use.Holding.Left)!.Value;
        var local = TimeZoneInfo.ConvertTime(day.Plus(-1).ToUtc(), context.Zone);
        var date = local.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var because = use.IsRetired ? $"although it was retired on {date}"
            : $"although {use.Holding.Holder}, who held it, left on {date}";
        return new Finding
        {
            Kind = FindingKind.Custody,
            Detector = Name,
            Severity = Severity.High,
            Raised = use.First,
            First = use.First,
            Last = use.Last,
            Title = use.IsRetired
                ? $"Key {key} is still accepted although it was retired"
                : $"Key {key} is still accepted although a holder has left",
            Why = $"Key {key} is accepted in live traffic {because}.",
            ActorKind = "key",
            ActorValue = key,
            Where = "key = " + Findings.Literals.Text(key),
            Technique = "T1552.004",
            Samples = [use.Sample],
        };
    }
}
