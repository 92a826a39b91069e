using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Different people by autonomous system and window, where a table of systems is configured; within an eighth of the
/// budget of breadth. When it is spent, the systems that ever came least near to a floor are forgotten, but for the
/// sketches of their year.
/// </summary>
internal sealed class SystemCounts(DetectionContext context, AddressSystems systems, BreadthOptions options)
{
    private const int SketchPrecision = 6;
    private const int SketchBytes = 260;

    // As of other roles; and a carrier is held against no fewer accounts than came from it.
    private const int LeastWindows = 5;

    // A system that reads more than one other for four of its own accounts is no measure of itself.
    private const double MostOwnShare = 0.25;

    private readonly Dictionary<Symbol, SystemReader> _known = [];
    private readonly Dictionary<ulong, (PeopleSet People, PeopleSet Accounts)> _forgotten = [];
    private readonly int[] _floors =
        [.. Enum.GetValues<CountingSpan>().Select(span => options.Floor(ReaderKind.System, span))];

    private long _bytes;

    public int Known => _known.Count;
    public int Forgotten => _forgotten.Count;
    public long Bytes => _bytes + (long)SketchBytes * _forgotten.Count;

    /// <summary>The system of a row; none where there is no table, or where it does not know the address.</summary>
    public Symbol Of(AccessBatch batch, int row) =>
        batch.Account[row].IsNone || !batch.Principal[row].IsNone ? Symbol.None : systems.Of(batch.Client[row]);

    /// <summary>A session of the system read an account: its own, or somebody else's.</summary>
    public void See(
        Symbol system, AccessBatch batch, int row, uint account, uint? other, ReadOnlySpan<int> numbers)
    {
        if (!_known.TryGetValue(system, out var known))
        {
            _known.Add(system, known = new SystemReader(system, _floors));
            if (_forgotten.Remove(context.SymbolKeys.Of(system), out var years))
                known.Resume(years, numbers);
        }
        known.See(batch, row, context.Catalog, account, other, numbers);
        if ((known.Seen++ & 15) != 0)
            return;
        var bytes = known.Bytes;
        _bytes += bytes - known.CountedBytes;
        known.CountedBytes = bytes;
        if (Bytes > options.Memory / 8)
            Evict();
    }

    /// <summary>
    /// The windows in which more people were read than the system's accounts explain: at the rate of the other systems,
    /// or at its own of the other windows.
    /// </summary>
    public IEnumerable<BreadthDetector.Excess> Excesses()
    {
        foreach (var span in Enum.GetValues<CountingSpan>())
        {
            var all = _known.Values.Aggregate(new SystemReader.Sums(), (sum, each) => sum.And(each.SumsOf(span)));
            foreach (var (_, system) in _known.OrderBy(known => context.SymbolKeys.Of(known.Key)))
            {
                var above = system.Above(span)
                    .Select(window => (window.People, Usual: Usual(window, system.SumsOf(span), all)))
                    .Select(window => (window.People, window.Usual, Threshold: ThresholdOf(window.Usual, span)))
                    .Where(window => window.People.Count > window.Threshold).ToList();
                if (above.Count > 0)
                    yield return new BreadthDetector.Excess(
                        system.Reader, span, [.. above.Select(window => window.People)],
                        above.Min(window => window.Threshold), above.Max(window => window.Usual))
                    {
                        Networks = system.Networks,
                        HasMoreNetworks = system.HasMoreNetworks,
                    };
            }
        }
    }

    /// <summary>How many people the accounts of a window would read; no number where little else was seen.</summary>
    private static double Usual(SystemReader.Window window, SystemReader.Sums own, SystemReader.Sums all)
    {
        var others = all.Without(own);
        var before = own.Without(SystemReader.SumsOf(window));
        if (others.Windows + before.Windows < LeastWindows || others.Accounts + before.Accounts < window.Accounts)
            return double.PositiveInfinity;
        return window.Accounts * Math.Max(others.Share, Math.Min(before.Share, MostOwnShare));
    }

    private double ThresholdOf(double usual, CountingSpan span) =>
        Math.Max(_floors[(int)span], usual * Math.Exp(options.Deviations * options.LeastSpread));

    public void Save(BinaryWriter state)
    {
        state.Write(_forgotten.Count);
        foreach (var (system, years) in _forgotten)
        {
            state.Write(system);
            years.People.Save(state);
            years.Accounts.Save(state);
        }
        state.Write(_known.Count);
        foreach (var system in _known.Values)
            system.Save(state, context.Catalog);
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            _forgotten.Add(state.ReadUInt64(), (PeopleSet.Restore(state), PeopleSet.Restore(state)));
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var system = SystemReader.Restore(state, context.Catalog, _floors);
            if (!_known.TryAdd(new Symbol((int)system.Reader.Id), system))
                continue;
            system.CountedBytes = system.Bytes;
            _bytes += system.CountedBytes;
        }
    }

    private void Evict()
    {
        foreach (var (symbol, system) in _known.OrderBy(known => known.Value.Evidence)
            .ThenBy(known => context.SymbolKeys.Of(known.Key)).Take(Math.Max(1, _known.Count / 4)).ToList())
        {
            var years = system.Years();
            years.People.Forget(SketchPrecision);
            years.Accounts.Forget(SketchPrecision);
            _forgotten[context.SymbolKeys.Of(symbol)] = years;
            _known.Remove(symbol);
            _bytes -= system.CountedBytes;
        }
        if ((long)SketchBytes * _forgotten.Count <= options.Memory / 16)
            return;
        foreach (var (system, _) in _forgotten.OrderBy(years => years.Value.People.Count).ThenBy(years => years.Key)
            .Take(_forgotten.Count / 2).ToList())
            _forgotten.Remove(system);
    }
}
