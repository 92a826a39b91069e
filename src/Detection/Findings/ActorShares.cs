using System.Runtime.InteropServices;
using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>
/// Of the trials of each client, network, agent and key, how many were odd: whose share is more than chance makes of
/// the population's rate? Exact binomial tail, times the number of actors looked at (Bonferroni).
/// </summary>
/// <remarks>One count a symbol for all kinds together: a text is seldom both a client and a key.</remarks>
internal sealed class ActorShares(Catalog catalog)
{
    private static readonly ActorKind[] Kinds = [ActorKind.Client, ActorKind.Network, ActorKind.Agent, ActorKind.Key];

    private readonly Dictionary<(ActorKind Kind, Symbol Value), Odd> _odd = [];
    private int[] _trials = [];
    private int[] _oddTrials = [];

    /// <summary>What is known of the odd trials of one actor.</summary>
    public sealed class Odd
    {
        private const int MostMoments = 64;

        public long Count { get; set; }
        public List<EventTime> Moments { get; init; } = [];
        public SessionSample Sample { get; init; } = new();

        public void Add(AccessBatch batch, int row, Catalog catalog)
        {
            Sample.Add(batch, row, catalog);
            if (Moments.Count < MostMoments)
                Moments.Add(batch.Time[row]);
        }
    }

    /// <summary>An actor whose share is beyond chance.</summary>
    /// <param name="LogChance">ln of the chance that a population of such actors has one like it.</param>
    public sealed record Found(ActorKind Kind, Symbol Value, long Trials, Odd Odd, double LogChance)
    {
        public double Purity => (double)Odd.Count / Trials;

        /// <summary>The moment of the odd trial with which the actor was beyond chance.</summary>
        public EventTime Raised(double logChance, double rate, int actors)
        {
            var before = Math.Max(0, Odd.Count - Odd.Sample.Count);
            for (var k = 0; k < Odd.Moments.Count; k++)
            {
                var odd = before + k + 1;
                var trials = Math.Max(odd, (long)(odd / Purity));
                if (Chance.BinomialTail(trials, odd, rate) + Math.Log(Math.Max(1, actors)) <= logChance)
                    return Odd.Moments[k];
            }
            return Odd.Moments[^1];
        }
    }

    public long Trials { get; private set; }
    public long OddTrials { get; private set; }
    public int Actors { get; private set; }

    public void AddTrial(AccessBatch batch, int row)
    {
        Trials++;
        foreach (var kind in Kinds)
            if (ValueOf(batch, row, kind) is var value && !value.IsNone)
            {
                MakeRoom(value);
                if (_trials[value.Index]++ == 0)
                    Actors++;
            }
    }

    /// <summary>One of the trials was odd.</summary>
    public void AddOdd(AccessBatch batch, int row)
    {
        OddTrials++;
        foreach (var kind in Kinds)
        {
            var value = ValueOf(batch, row, kind);
            if (value.IsNone)
                continue;
            MakeRoom(value);
            // Where much is odd the first two times of an actor are only counted.
            if (++_oddTrials[value.Index] > 2 || OddTrials < 1000 || OddTrials * 20 < Trials)
                See(kind, value, batch, row);
        }
    }

    /// <summary>An odd trial of these was not odd after all; what was kept of it as a sample stays.</summary>
    /// <param name="actors">Client, network, agent and key.</param>
    public void TakeBack(params ReadOnlySpan<Symbol> actors)
    {
        OddTrials--;
        for (var i = 0; i < actors.Length; i++)
            // As when it was added: an address that is its own network counts once.
            if (!actors[i].IsNone && !(i == 1 && actors[i] == actors[0]) && _oddTrials[actors[i].Index] > 0)
                _oddTrials[actors[i].Index]--;
    }

    /// <summary>
    /// The actors beyond chance. The rate of the others is learned without them, and is at least
    /// <paramref name="leastRate"/>.
    /// </summary>
    /// <param name="logChance">ln of the chance allowed for all actors together.</param>
    /// <param name="leastOdd">With fewer odd trials nobody is looked at.</param>
    public IReadOnlyList<Found> Beyond(double logChance, int leastOdd, double leastRate, out double rate)
    {
        var found = new List<Found>();
        rate = leastRate;
        for (var pass = 0; pass < 8; pass++)
        {
            // Each trial stands in four kinds: that of the largest cover is taken out of the population.
            var (odd, trials) = found.Count == 0
                ? (0L, 0L)
                : found.GroupBy(f => f.Kind).Select(g => (g.Sum(f => f.Odd.Count), g.Sum(f => f.Trials))).Max();
            rate = Math.Max(leastRate, (OddTrials - odd + 1.0) / (Trials - trials + 200));
            var next = Judge(logChance, leastOdd, rate);
            if (next.Count == found.Count)
                break;
            found = next;
        }
        return found;
    }

    /// <summary>
    /// The kind that covers most of the odd trials, of equals the purer one, and of these the shorter; empty when there
    /// is none.
    /// </summary>
    public static IReadOnlyList<Found> Widest(IReadOnlyList<Found> found) =>
        found.GroupBy(f => f.Kind)
            .OrderByDescending(g => g.Sum(f => f.Odd.Count))
            .ThenByDescending(g => (double)g.Sum(f => f.Odd.Count) / g.Sum(f => f.Trials))
            .ThenBy(g => g.Count()).ThenBy(g => g.Key)
            .FirstOrDefault()?.OrderByDescending(f => f.Odd.Count).ThenBy(f => f.Value.Index).ToList() ?? [];

    public void Save(BinaryWriter state)
    {
        state.Write(Trials);
        state.Write(OddTrials);
        state.Write7BitEncodedInt(Actors);
        state.Write7BitEncodedInt(Enumerable.Range(0, _trials.Length).Count(value => IsUsed(value)));
        for (var value = 1; value < _trials.Length; value++)
        {
            if (!IsUsed(value))
                continue;
            state.WriteSymbol(catalog, new Symbol(value));
            state.Write7BitEncodedInt(_trials[value]);
            state.Write7BitEncodedInt(_oddTrials[value]);
        }
        state.Write7BitEncodedInt(_odd.Count);
        foreach (var ((kind, value), odd) in _odd)
        {
            state.Write((byte)kind);
            state.WriteSymbol(catalog, value);
            state.Write7BitEncodedInt(odd.Moments.Count);
            foreach (var moment in odd.Moments)
                state.WriteTime(moment);
            odd.Sample.Save(state);
        }
    }

    public void Restore(BinaryReader state)
    {
        (Trials, OddTrials) = (state.ReadInt64(), state.ReadInt64());
        Actors = state.Read7BitEncodedInt();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var value = state.ReadSymbol(catalog);
            MakeRoom(value);
            (_trials[value.Index], _oddTrials[value.Index]) =
                (state.Read7BitEncodedInt(), state.Read7BitEncodedInt());
        }
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var actor = ((ActorKind)state.ReadByte(), state.ReadSymbol(catalog));
            var moments = new List<EventTime>();
            for (var more = state.Read7BitEncodedInt(); more > 0; more--)
                moments.Add(state.ReadTime());
            _odd.Add(actor, new Odd { Moments = moments, Sample = SessionSample.Restore(state) });
        }
    }

    private List<Found> Judge(double logChance, int leastOdd, double rate)
    {
        var found = new List<Found>();
        var actors = Math.Log(Math.Max(1, Actors));
        foreach (var ((kind, value), odd) in _odd)
        {
            odd.Count = _oddTrials[value.Index];
            // Who makes up most of the population cannot be compared with it.
            if (odd.Count < leastOdd || _trials[value.Index] * 2L > Trials)
                continue;
            // A session may have begun with another client than the odd one.
            var trials = Math.Max(_trials[value.Index], odd.Count);
            var chance = Chance.BinomialTail(trials, odd.Count, rate) + actors;
            if (chance <= logChance)
                found.Add(new Found(kind, value, trials, odd, chance));
        }
        return found;
    }

    private void See(ActorKind kind, Symbol value, AccessBatch batch, int row)
    {
        ref var odd = ref CollectionsMarshal.GetValueRefOrAddDefault(_odd, (kind, value), out _);
        odd ??= new Odd();
        odd.Add(batch, row, catalog);
    }

    private bool IsUsed(int value) => _trials[value] > 0 || _oddTrials[value] > 0;

    private void MakeRoom(Symbol value)
    {
        if (value.Index < _trials.Length)
            return;
        var room = Math.Max(value.Index + 1, Math.Max(1024, _trials.Length * 2));
        Array.Resize(ref _trials, room);
        Array.Resize(ref _oddTrials, room);
    }

    // A client that is no address is its own network: it counts once.
    private static Symbol ValueOf(AccessBatch batch, int row, ActorKind kind) => kind switch
    {
        ActorKind.Client => batch.Client[row],
        ActorKind.Network => batch.Network[row] == batch.Client[row] ? Symbol.None : batch.Network[row],
        ActorKind.Agent => batch.Agent[row],
        _ => batch.Key[row],
    };
}
