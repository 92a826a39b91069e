using WhoSaw.Records;

namespace WhoSaw.Detection.Outflow;

internal enum OutflowKind : byte
{
    /// <summary>Bytes from one host to another.</summary>
    Pair,

    /// <summary>Bytes from one host to all others.</summary>
    Sender,

    /// <summary>Rows that a database gave to a principal.</summary>
    Rows,

    /// <summary>Bytes of large answers to a client.</summary>
    Answers,
}

/// <summary>Who is measured: <paramref name="To"/> is none but for a pair.</summary>
internal readonly record struct Flowing(OutflowKind Kind, int Source, Symbol From, Symbol To);

/// <summary>What an actor moved in the hour or day that is open, and the most that it ever moved in one.</summary>
internal sealed class Window(long length)
{
    public long Number { get; private set; } = long.MinValue;
    public long Amount { get; private set; }
    public EventTime First { get; private set; }

    /// <summary>Too much: it is no part of what is ordinary.</summary>
    public bool IsSurge { get; set; }

    /// <summary>The largest window that was none.</summary>
    public long Most { get; private set; }

    /// <summary>
    /// Adds an amount; gives the amount of the window that it closes, when there is one and it was ordinary.
    /// </summary>
    public long? Add(EventTime time, long amount)
    {
        long? closed = null;
        var number = time.Microseconds / length;
        if (number > Number)
        {
            if (Amount > 0 && !IsSurge)
            {
                closed = Amount;
                Most = Math.Max(Most, Amount);
            }
            (Number, Amount, First, IsSurge) = (number, 0, time, false);
        }
        Amount += amount;
        return closed;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Number);
        state.Write(Amount);
        state.Write(First.Microseconds);
        state.Write(IsSurge);
        state.Write(Most);
    }

    public void Restore(BinaryReader state)
    {
        Number = state.ReadInt64();
        Amount = state.ReadInt64();
        First = new EventTime(state.ReadInt64());
        IsSurge = state.ReadBoolean();
        Most = state.ReadInt64();
    }
}

/// <summary>One actor's windows, and its surge when it has one.</summary>
internal sealed class Gauge
{
    public Window Hour { get; } = new(EventTime.Hour);
    public Window Day { get; } = new(EventTime.Day);

    /// <summary>What of the open day is in the surge already.</summary>
    public long Taken { get; set; }
    public long TakenDay { get; set; } = long.MinValue;
    public Surge? Surge { get; set; }

    public long Most => Math.Max(Math.Max(Day.Most, Day.Amount), Math.Max(Hour.Most, Hour.Amount));
}

/// <summary>A stretch in which an actor moved far more than ever before.</summary>
internal sealed class Surge(Flowing actor, EventTime raised, double limit, long most, double median, bool isDay)
{
    private const int MostSamples = 5;
    private const int MostPeers = 64;

    public Flowing Actor { get; } = actor;
    public EventTime Raised { get; } = raised;
    public double Limit { get; } = limit;

    /// <summary>The actor's own largest window before, 0 when it never moved anything.</summary>
    public long MostBefore { get; } = most;

    /// <summary>The median window of its role.</summary>
    public double Median { get; } = median;
    public bool IsDay { get; } = isDay;
    public EventTime First { get; private set; } = raised;
    public EventTime Last { get; private set; } = raised;
    public long Amount { get; private set; }
    public Trait Traits { get; private set; }

    /// <summary>Operations that rows came from; -1 for a table that is not configured.</summary>
    public SortedSet<short> Operations { get; } = [];

    /// <summary>The other side: receivers of a sender, clients of a principal.</summary>
    public HashSet<Symbol> Peers { get; } = [];

    /// <summary>Path templates of answers, with their bytes.</summary>
    public Dictionary<Symbol, long> Paths { get; } = [];
    public List<(int File, long Offset)> Samples { get; } = [];

    public void Add(EventTime since, EventTime until, long amount)
    {
        First = since < First ? since : First;
        Last = until > Last ? until : Last;
        Amount += amount;
    }

    public void See(AccessBatch batch, int row)
    {
        Traits |= batch.Traits[row] & (Trait.Hosting | Trait.Foreign);
        Operations.Add(batch.Operation[row]);
        if (Peers.Count < MostPeers)
            Peers.Add(batch.Client[row]);
        if (!batch.Target[row].IsNone && (Paths.Count < MostPeers || Paths.ContainsKey(batch.Target[row])))
            Paths[batch.Target[row]] = Paths.GetValueOrDefault(batch.Target[row]) + batch.Bytes[row];
        if (Samples.Count < MostSamples)
            Samples.Add((batch.File[row], batch.Offset[row]));
    }
}
