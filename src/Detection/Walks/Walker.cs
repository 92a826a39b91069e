using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Walks;

/// <summary>One actor's steps from person to person.</summary>
internal sealed class Walker
{
    private const int MostMoments = 64;
    private const int MostMisses = 12;
    private const int SampleFrom = 4;

    // Whether somebody covers a range without ever coming back is looked at from so many people on, and no longer once
    // he comes back as often as people do.
    private const int CoverFrom = 64;

    private readonly List<EventTime> _moments = [];
    private SessionSample? _ordered;
    private SessionSample? _covering;
    private PeopleSet? _people;
    private long _last;
    private long _stride;
    private long _low;
    private long _high;
    private int _misses;
    private bool _comesBack;

    public Walker(long first) => _last = _low = _high = first;

    private Walker()
    {
    }

    public int Steps { get; private set; }
    public int Ordered { get; private set; }

    /// <summary>People whom it went to while its different people were counted, and how often to one again.</summary>
    public int Draws { get; private set; }
    public int Repeats { get; private set; }

    /// <summary>How much would be lost with it, in people read in order or without ever coming back.</summary>
    public int Evidence => Math.Max(Ordered, _comesBack ? 0 : Draws - 4 * Repeats);

    public SessionSample? OrderedRows => _ordered;
    public SessionSample? CoveringRows => _comesBack ? null : _covering;

    /// <summary>True when the step goes on in order: just beyond the ids read before, or by the same stride.</summary>
    public bool Step(AccessBatch batch, int row, Catalog catalog, long mostGap)
    {
        var subject = batch.Subject[row].Value;
        var stride = subject - _last;
        if (stride == 0)
            return false;
        var isOrdered = (subject > _high && subject - _high <= mostGap) || (subject < _low && _low - subject <= mostGap)
            || (stride == _stride && (subject > _high || subject < _low));
        // Others at a shared address step in between: the range that was read waits a while for its next one.
        if (isOrdered)
            (_low, _high, _misses) = (Math.Min(_low, subject), Math.Max(_high, subject), 0);
        else if ((subject < _low || subject > _high) && ++_misses > MostMisses)
            (_low, _high, _misses) = (subject, subject, 0);
        (_last, _stride) = (subject, stride);
        Steps++;
        if (!isOrdered)
            return false;
        if (++Ordered < SampleFrom)
            return true;
        (_ordered ??= new SessionSample()).Add(batch, row, catalog);
        if (_moments.Count < MostMoments)
            _moments.Add(batch.Time[row]);
        return true;
    }

    /// <summary>Somebody who exists was seen after somebody else.</summary>
    public void Draw(AccessBatch batch, int row, Catalog catalog, uint person)
    {
        if (_comesBack || Steps < CoverFrom)
            return;
        _people ??= new PeopleSet(PeopleSet.MostSuspicious);
        Draws++;
        if (_people.Add(person))
            (_covering ??= new SessionSample()).Add(batch, row, catalog);
        else if (++Repeats * 4 > Draws && Draws >= 2 * CoverFrom)
            (_comesBack, _people) = (true, null);
    }

    /// <summary>The moment of the step with which it was beyond chance.</summary>
    public EventTime Raised(double logChance, double rate, double actors)
    {
        for (var k = 0; k < _moments.Count; k++)
        {
            var ordered = k + SampleFrom;
            var steps = Math.Max(ordered, (long)((double)ordered * Steps / Ordered));
            if (Chance.BinomialTail(steps, ordered, rate) + Math.Log(Math.Max(1, actors)) <= logChance)
                return _moments[k];
        }
        return _moments[^1];
    }

    public void Save(BinaryWriter state)
    {
        foreach (var value in new[] { _last, _stride, _low, _high })
            state.Write(value);
        foreach (var value in new[] { Steps, Ordered, Draws, Repeats, _misses, _moments.Count })
            state.Write(value);
        foreach (var moment in _moments)
            state.WriteTime(moment);
        state.Write(_comesBack);
        state.Write(_people is not null);
        _people?.Save(state);
        foreach (var sample in new[] { _ordered, _covering })
        {
            state.Write(sample is not null);
            sample?.Save(state);
        }
    }

    public static Walker Restore(BinaryReader state)
    {
        var walker = new Walker
        {
            _last = state.ReadInt64(),
            _stride = state.ReadInt64(),
            _low = state.ReadInt64(),
            _high = state.ReadInt64(),
            Steps = state.ReadInt32(),
            Ordered = state.ReadInt32(),
            Draws = state.ReadInt32(),
            Repeats = state.ReadInt32(),
            _misses = state.ReadInt32(),
        };
        for (var left = state.ReadInt32(); left > 0; left--)
            walker._moments.Add(state.ReadTime());
        walker._comesBack = state.ReadBoolean();
        walker._people = state.ReadBoolean() ? PeopleSet.Restore(state) : null;
        walker._ordered = state.ReadBoolean() ? SessionSample.Restore(state) : null;
        walker._covering = state.ReadBoolean() ? SessionSample.Restore(state) : null;
        return walker;
    }
}
