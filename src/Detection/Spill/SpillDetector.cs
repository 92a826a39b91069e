using WhoSaw.Records;

namespace WhoSaw.Detection.Spill;

/// <summary>
/// Personal data lies in clear in a log. Numbers that only look like it are told apart by how many of them have a right
/// checksum. Says where and how many, never what.
/// </summary>
internal sealed class SpillDetector(DetectionContext context, SpillOptions options) : Detector
{
    private const string Elsewhere = "other places";

    private readonly Dictionary<(int Source, string Place), PlaceSeen> _places = [];
    private readonly Dictionary<(short Stream, Symbol Place), PlaceSeen> _known = [];

    public override string Name => "spill";

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
            if (batch.Kind[row] == RecordKind.Sighting)
                See(batch, row);
    }

    public override IEnumerable<Finding> Conclude() => _places
        .Where(place => place.Value.IsSeenNow)
        .OrderBy(place => place.Key.Source).ThenBy(place => place.Key.Place, StringComparer.Ordinal)
        .Select(place => new SpillReport(context, Name).Of(place.Key.Source, place.Key.Place, place.Value))
        .OfType<Finding>();

    /// <summary>
    /// How many different resident numbers lay in clear in logs until a time: what whoever took the logs has.
    /// </summary>
    public IReadOnlyList<(string Source, string Place, long Numbers)> ResidentNumbersUntil(EventTime time) =>
    [
        .. _places.Where(place => place.Value.Kinds.TryGetValue(SightingKind.ResidentNumber, out var seen)
                && seen.CertainSince <= time || place.Value.Kinds.TryGetValue(
                    SightingKind.LateResidentNumber, out var late) && late.CertainSince <= time)
            .Select(place => (context.Catalog.Sources[place.Key.Source], place.Key.Place,
                SpillReport.ResidentNumbers(place.Value)))
            .OrderByDescending(place => place.Item3).ThenBy(place => place.Place, StringComparer.Ordinal),
    ];

    private void See(AccessBatch batch, int row)
    {
        var (stream, target, time) = (batch.Stream[row], batch.Target[row], batch.Time[row]);
        if (!_known.TryGetValue((stream, target), out var place))
            _known.Add((stream, target), place = PlaceOf(stream, target));
        place.IsSeenNow = true;
        var kind = (SightingKind)batch.Status[row];
        var seen = place.Of(kind);
        seen.Times += batch.Bytes[row];
        seen.First = time < seen.First ? time : seen.First;
        seen.Last = time > seen.Last ? time : seen.Last;
        var hash = (ulong)batch.Rows[row];
        seen.Structured.Add(hash);
        if (batch.Outcome[row] != Outcome.Disclosed)
            return;
        if (seen.Checked.Add(hash) && seen.CertainSince is null && IsCertain(kind, seen))
            seen.CertainSince = time;
        place.Sample(batch.File[row], batch.Offset[row]);
    }

    private bool IsCertain(SightingKind kind, KindSeen seen) =>
        Chance.OfChecksum(kind) is not { } chance
        || Chance.Tail(seen.Structured.Count, seen.Checked.Count, chance) >= options.Certainty;

    private PlaceSeen PlaceOf(short stream, Symbol target)
    {
        var (source, name) = (context.Catalog.Streams[stream].Source, context.Catalog.Streams[stream].Name);
        var text = context.Catalog.Symbols.Text(target)!;
        if (_places.Count >= options.MostPlaces && !_places.ContainsKey((source, text)))
            text = Elsewhere;
        if (!_places.TryGetValue((source, text), out var place))
            _places.Add((source, text), place = new PlaceSeen());
        place.Streams.Add(name);
        return place;
    }

    public override void Save(BinaryWriter state)
    {
        state.Write(_places.Count);
        foreach (var ((source, text), place) in _places)
        {
            state.Write(context.Catalog.Sources[source]);
            state.Write(text);
            state.Write(place.Streams.Count);
            foreach (var stream in place.Streams)
                state.Write(stream);
            state.Write(place.Kinds.Count);
            foreach (var (kind, seen) in place.Kinds)
            {
                state.Write((byte)kind);
                seen.Save(state);
            }
        }
    }

    public override void Restore(BinaryReader state)
    {
        var sources = context.Catalog.Sources.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (source, text) = (state.ReadString(), state.ReadString());
            var place = new PlaceSeen();
            for (var streams = state.ReadInt32(); streams > 0; streams--)
                place.Streams.Add(state.ReadString());
            for (var kinds = state.ReadInt32(); kinds > 0; kinds--)
                place.Of((SightingKind)state.ReadByte()).Restore(state);
            // a source that is configured no more is not gone on with
            if (sources.TryGetValue(source, out var known))
                _places[(known, text)] = place;
        }
    }
}
