using WhoSaw.Records;

namespace WhoSaw.Detection.Outflow;

/// <summary>What a later run must know: names instead of numbers, for numbers are of one run.</summary>
internal static class OutflowState
{
    public static void Save(
        BinaryWriter state, Catalog catalog, Dictionary<int, EventTime> began,
        Dictionary<(OutflowKind Kind, int Source), (AmountHistogram Hours, AmountHistogram Days)> roles,
        Dictionary<Flowing, Gauge> gauges, PathsSeen paths)
    {
        state.Write(began.Count);
        foreach (var (source, time) in began)
        {
            state.Write(catalog.Sources[source]);
            state.Write(time.Microseconds);
        }
        state.Write(roles.Count);
        foreach (var (role, (hours, days)) in roles)
        {
            state.Write((byte)role.Kind);
            state.Write(catalog.Sources[role.Source]);
            hours.Save(state);
            days.Save(state);
        }
        state.Write(gauges.Count);
        foreach (var (actor, gauge) in gauges)
        {
            state.Write((byte)actor.Kind);
            state.Write(catalog.Sources[actor.Source]);
            state.Write(catalog.Symbols.Text(actor.From) ?? "");
            state.Write(catalog.Symbols.Text(actor.To) ?? "");
            gauge.Hour.Save(state);
            gauge.Day.Save(state);
        }
        paths.Save(state, catalog);
    }

    public static void Restore(
        BinaryReader state, Catalog catalog, Dictionary<int, EventTime> began,
        Dictionary<(OutflowKind Kind, int Source), (AmountHistogram Hours, AmountHistogram Days)> roles,
        Dictionary<Flowing, Gauge> gauges, PathsSeen paths)
    {
        // a source that is configured no more is not gone on with
        var sources = catalog.Sources.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        int? SourceOf(string id) => sources.TryGetValue(id, out var source) ? source : null;
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var source = SourceOf(state.ReadString());
            var time = new EventTime(state.ReadInt64());
            if (source is { } known)
                began[known] = time;
        }
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var kind = (OutflowKind)state.ReadByte();
            var source = SourceOf(state.ReadString());
            var role = (Hours: new AmountHistogram(), Days: new AmountHistogram());
            role.Hours.Restore(state);
            role.Days.Restore(state);
            if (source is { } known)
                roles[(kind, known)] = role;
        }
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var kind = (OutflowKind)state.ReadByte();
            var source = SourceOf(state.ReadString());
            var (from, to) = (catalog.Symbols.Intern(state.ReadString()), catalog.Symbols.Intern(state.ReadString()));
            var gauge = new Gauge();
            gauge.Hour.Restore(state);
            gauge.Day.Restore(state);
            if (source is { } known)
                gauges[new Flowing(kind, known, from, to)] = gauge;
        }
        paths.Restore(state, catalog, SourceOf);
    }
}
