using WhoSaw.Records;

namespace WhoSaw.Detection.Outflow;

/// <summary>
/// A host, a pair of hosts, a database principal or a web client moved far more bytes or rows in an hour or a day than
/// ever before, and than its like do. Judged as it happens: what comes later changes nothing.
/// </summary>
internal sealed class OutflowDetector(DetectionContext context, OutflowOptions options) : Detector
{
    private const int MostPaths = 200_000;

    // So few windows of a role are no measure.
    private const int LeastWindows = 20;

    private readonly Dictionary<Flowing, Gauge> _gauges = [];
    private readonly Dictionary<(OutflowKind Kind, int Source), (AmountHistogram Hours, AmountHistogram Days)> _roles =
        [];
    private readonly Dictionary<int, EventTime> _began = [];
    private readonly PathsSeen _paths = new(MostPaths);
    private readonly List<Surge> _surges = [];
    private bool[] _knownStreams = new bool[64];

    public override string Name => "outflow";

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var stream = batch.Stream[row];
            if (stream >= _knownStreams.Length || !_knownStreams[stream])
                Begin(stream, batch.Time[row]);
            if (batch.Rows[row] > 0 && batch.Kind[row] is RecordKind.Access or RecordKind.Statement)
                Measure(batch, row, OutflowKind.Rows, batch.Principal[row], default, batch.Rows[row]);
            else if (batch.Kind[row] == RecordKind.Flow)
            {
                Measure(batch, row, OutflowKind.Pair, batch.Principal[row], batch.Client[row], batch.Bytes[row]);
                Measure(batch, row, OutflowKind.Sender, batch.Principal[row], default, batch.Bytes[row]);
            }
            else if (!batch.Target[row].IsNone && batch.Kind[row] is RecordKind.Access or RecordKind.Transfer
                or RecordKind.Activity or RecordKind.Login && !IsSameRequest(batch, row))
            {
                _paths.See(SourceOf(stream), batch.Target[row], batch.Client[row], batch.Time[row]);
                // the first call of a script has a target too, and seldom a size worth counting
                if (batch.Bytes[row] > 0 && batch.Kind[row] != RecordKind.Activity)
                    Measure(batch, row, OutflowKind.Answers, batch.Client[row], default, batch.Bytes[row]);
            }
        }
    }

    public override IEnumerable<Finding> Conclude() => new OutflowReport(context, Name)
        .Of([.. _surges.Where(IsUnheardOf)], (surge, since) => _paths.OnlyOf(
            surge.Actor.Source, surge.Actor.From, since), source => _began[source].Plus(options.WarmUp));

    /// <summary>
    /// A web client may be the first to fetch much; that it fetched what nobody else does makes it odd.
    /// </summary>
    private bool IsUnheardOf(Surge surge)
    {
        if (surge.Actor.Kind != OutflowKind.Answers)
            return true;
        var since = _began[surge.Actor.Source].Plus(options.WarmUp);
        var own = surge.Paths.Where(p => _paths.IsOnlyOf(surge.Actor.Source, p.Key, surge.Actor.From, since))
            .Sum(path => path.Value);
        return own * 2 > surge.Paths.Values.Sum();
    }

    private void Measure(AccessBatch batch, int row, OutflowKind kind, Symbol from, Symbol to, long amount)
    {
        if (from.IsNone && to.IsNone || amount <= 0)
            return;
        var (source, time) = (SourceOf(batch.Stream[row]), batch.Time[row]);
        var actor = new Flowing(kind, source, from, to);
        if (!_gauges.TryGetValue(actor, out var gauge))
        {
            if (_gauges.Count >= options.MostActors)
                ForgetTheLeast();
            _gauges.Add(actor, gauge = new Gauge());
        }
        if (!_roles.TryGetValue((kind, source), out var role))
            _roles.Add((kind, source), role = (new AmountHistogram(), new AmountHistogram()));
        if (gauge.Hour.Add(time, amount) is { } hour)
            role.Hours.Add(hour);
        if (gauge.Day.Add(time, amount) is { } day)
            role.Days.Add(day);
        if (gauge.TakenDay != gauge.Day.Number)
            (gauge.Taken, gauge.TakenDay) = (0, gauge.Day.Number);
        Judge(batch, row, actor, gauge, role, amount);
    }

    private void Judge(
        AccessBatch batch, int row, Flowing actor, Gauge gauge, (AmountHistogram Hours, AmountHistogram Days) role,
        long amount)
    {
        var time = batch.Time[row];
        var (hour, day) = (gauge.Hour, gauge.Day);
        if (time < _began[actor.Source].Plus(options.WarmUp))
            return;
        var (anHour, aDay) = Floors(actor.Kind);
        var wasHour = hour.IsSurge;
        if (!hour.IsSurge)
            hour.IsSurge = hour.Amount > anHour && hour.Amount > Limit(hour, role.Hours, anHour);
        if (!day.IsSurge)
            day.IsSurge = day.Amount > aDay && day.Amount > Limit(day, role.Days, aDay);
        if (!hour.IsSurge && !day.IsSurge)
            return;
        if (gauge.Surge is null)
        {
            var (window, windows, floor) = hour.IsSurge ? (hour, role.Hours, anHour) : (day, role.Days, aDay);
            gauge.Surge = new Surge(
                actor, time, Limit(window, windows, floor), window.Most, windows.Median, !hour.IsSurge);
            _surges.Add(gauge.Surge);
        }
        // what came before the limit was passed belongs to it
        var taken = day.IsSurge ? day.Amount - gauge.Taken : wasHour ? amount : hour.Amount;
        gauge.Surge.Add(day.IsSurge ? day.First : hour.First, time, taken);
        gauge.Surge.See(batch, row);
        gauge.Taken += taken;
    }

    private double Limit(Window window, AmountHistogram role, long floor)
    {
        var limit = Math.Max(floor, options.Times * window.Most);
        return role.Count < LeastWindows
            ? limit : Math.Max(limit, role.Above(options.Deviations, options.LeastSpread));
    }

    private (long AnHour, long ADay) Floors(OutflowKind kind) => kind switch
    {
        OutflowKind.Rows => (options.RowsAnHour, options.RowsADay),
        OutflowKind.Answers => (options.AnswersAnHour, options.AnswersADay),
        _ => (options.FlowAnHour, options.FlowADay),
    };

    /// <summary>
    /// What has the least evidence goes: a flood of small actors cannot push out one that moves much.
    /// </summary>
    private void ForgetTheLeast()
    {
        var quiet = _gauges.Where(gauge => gauge.Value.Surge is null).OrderBy(gauge => gauge.Value.Most)
            .ThenBy(gauge => gauge.Key.From.Index).ThenBy(gauge => gauge.Key.To.Index).Select(gauge => gauge.Key)
            .Take(_gauges.Count / 2).ToList();
        foreach (var actor in quiet)
            _gauges.Remove(actor);
    }

    private static bool IsSameRequest(AccessBatch batch, int row) =>
        row > 0 && batch.File[row] == batch.File[row - 1] && batch.Offset[row] == batch.Offset[row - 1]
        && !batch.Target[row - 1].IsNone && batch.Kind[row] == batch.Kind[row - 1];

    private int SourceOf(short stream) => context.Catalog.Streams[stream].Source;

    private void Begin(short stream, EventTime time)
    {
        if (stream >= _knownStreams.Length)
            Array.Resize(ref _knownStreams, stream * 2);
        _knownStreams[stream] = true;
        var source = SourceOf(stream);
        if (!_began.TryGetValue(source, out var began) || time < began)
            _began[source] = time;
    }

    public override void Save(BinaryWriter state) =>
        OutflowState.Save(state, context.Catalog, _began, _roles, _gauges, _paths);

    public override void Restore(BinaryReader state) =>
        OutflowState.Restore(state, context.Catalog, _began, _roles, _gauges, _paths);
}
