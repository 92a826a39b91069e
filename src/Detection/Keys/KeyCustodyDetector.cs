using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Keys;

/// <summary>
/// A key is accepted in live traffic although somebody who held it has left, or it was retired; or the register does
/// not know it, or not yet; or it signs far more than it ever did, or for a stream that never had it. A state of
/// affairs, told once a key, by the weightiest of these.
/// </summary>
internal sealed class KeyCustodyDetector(DetectionContext context, KeyCustodyOptions options) : Detector
{
    private readonly Dictionary<Symbol, KeyUse> _uses = [];

    // What came last, for keys come in runs.
    private Symbol _lastKey;
    private KeyUse? _lastUse;

    public override string Name => "key-custody";
    public override long Facts => _uses.Count;

    public override void Observe(AccessBatch batch)
    {
        if (context.Keys.Holdings.Count == 0)
            return;
        for (var row = 0; row < batch.Count; row++)
        {
            var key = batch.Key[row];
            // What was refused, or failed, does not show that the key is accepted.
            if (key.IsNone || batch.Kind[row] is RecordKind.Issued or RecordKind.Revoked
                || batch.Outcome[row] is Outcome.Refused or Outcome.Failed || IsByTheWay(batch, row))
                continue;
            if (key != _lastKey)
                (_lastKey, _lastUse) = (key, UseOf(key));
            _lastUse!.See(batch, row, context.Catalog);
        }
    }

    // Of what shows nobody's data not every request has a row: which ones have depends on how the log was read.
    private static bool IsByTheWay(AccessBatch batch, int row) =>
        batch.Kind[row] == RecordKind.Activity && (batch.Traits[row] & Trait.SessionStart) == 0;

    public override IEnumerable<Finding> Conclude()
    {
        var judge = new KeyHabits([.. _uses.Values], options);
        var report = new KeyCustodyReport(context, Name);
        return _uses.Values
            .Select(use => use.AfterEnd.IsAny ? report.Ended(use)
                : !use.IsKnown ? report.Unknown(use, judge.ShareOf(use))
                : use.BeforeCreated.IsAny ? report.NotYet(use)
                : judge.Growth(use) is { } growth ? report.Grown(use, growth)
                : judge.NewStream(use) is { } stream ? report.NewStream(use, stream) : null)
            .OfType<Finding>().OrderBy(finding => finding.Raised).ThenBy(f => f.ActorValue, StringComparer.Ordinal);
    }

    public override void Save(BinaryWriter state)
    {
        state.Write(_uses.Count);
        foreach (var (key, use) in _uses)
        {
            state.WriteSymbol(context.Catalog, key);
            use.Save(state, context.Catalog);
        }
    }

    public override void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            UseOf(state.ReadSymbol(context.Catalog)).Restore(state, context.Catalog);
    }

    private KeyUse UseOf(Symbol key)
    {
        if (!_uses.TryGetValue(key, out var use))
        {
            var text = context.Catalog.Symbols.Text(key)!;
            _uses.Add(key, use = new KeyUse(text, [.. context.Keys.Of(text)]));
        }
        return use;
    }
}
