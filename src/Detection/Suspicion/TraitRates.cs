using System.Runtime.InteropServices;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// How often each trait shows among the ordinary, by unit and context, shrunk towards the population where a context is
/// small; and with it the weight of an observation.
/// </summary>
internal sealed class TraitRates
{
    private const double Least = 1e-4;
    private const double Most = 0.5;
    private const double Prior = 200;

    // One client, or one employee on one day, says only so much about what is ordinary.
    private const int SaidByOne = 3;

    // An address with the sessions of more accounts is no household: it may be a thief's, and says nothing.
    private const int AccountsOfOne = 8;

    private readonly IReadOnlyList<SuspicionTrait> _traits;
    private readonly Dictionary<(Unit Unit, short Context), double[]> _counts = [];
    private readonly Dictionary<Unit, double[]> _population = [];

    // What hangs on the age of the logs is alike for all software: its week stands between a context and everybody.
    private readonly Dictionary<int, double[]> _weeks = [];

    private readonly Dictionary<(Symbol Principal, short Context), double[]> _own = [];
    private readonly double[] _nothing;
    private readonly Trait[] _bits;

    // What was asked for since the rates were learned.
    private readonly Dictionary<(Unit, short, Symbol), (double Shown, double NotShown)[]> _weights = [];

    public TraitRates(IReadOnlyList<SuspicionTrait> traits)
    {
        (_traits, _nothing) = (traits, new double[traits.Count * 2]);
        _bits = [.. traits.Select(trait => trait.Bit)];
    }

    /// <summary>Learns from these observations, which come in the order of time.</summary>
    public void Learn(Observations observations, IReadOnlyList<int> members)
    {
        var said = new Dictionary<(Unit, ulong), int>();
        var crowded = Crowded(observations, members);
        var counted = new int[observations.Kinds];
        _weights.Clear();
        foreach (var i in members)
        {
            var number = observations.KindNumberOf(i);
            ref readonly var kind = ref observations.Kind(number);
            if (kind.Unit is Unit.Session or Unit.FirstReading && crowded.Contains(observations.ClientOf(i)))
                continue;
            // Addresses are cheap to change, accounts are not: who reads others speaks with his account.
            var speaker = kind.Unit switch
            {
                Unit.StaffPerson => (ulong)kind.Principal.Index << 32 | (uint)observations.TimeOf(i).DayNumber,
                Unit.Person => (ulong)observations.AccountOf(i).Value,
                _ => (ulong)observations.ClientOf(i).Index,
            };
            // Staff are few and read much: a day of one counts in full, but at most like thirty sessions.
            if (++CollectionsMarshal.GetValueRefOrAddDefault(said, (kind.Unit, speaker), out _)
                <= (kind.Unit == Unit.StaffPerson ? SaidByOne * 10 : SaidByOne))
                counted[number]++;
        }
        for (var number = 0; number < counted.Length; number++)
            if (counted[number] > 0)
                Count(observations.Kind(number), counted[number]);
    }

    /// <summary>w(x) = Σ x·ln(p₁/p₀) + (1 − x)·ln((1 − p₁)/(1 − p₀)).</summary>
    public double Weigh(in ObservationKind observation)
    {
        var sum = 0.0;
        var weights = WeightsOf(observation);
        for (var k = 0; k < _traits.Count; k++)
            if ((_bits[k] & (observation.Silent | observation.Suspended)) == 0)
                sum += (observation.Traits & _bits[k]) != 0 ? weights[k].Shown : weights[k].NotShown;
        return sum;
    }

    private static HashSet<Symbol> Crowded(Observations observations, IReadOnlyList<int> members)
    {
        var (seen, accounts, crowded) = (new PairSet(), new Dictionary<Symbol, int>(), new HashSet<Symbol>());
        foreach (var i in members)
        {
            var (client, account) = (observations.ClientOf(i), observations.AccountOf(i));
            if (observations.KindOf(i).Unit != Unit.Session || client.IsNone || account.IsNone
                || crowded.Contains(client) || !seen.Add((ulong)client.Index, (ulong)account.Value))
                continue;
            if (++CollectionsMarshal.GetValueRefOrAddDefault(accounts, client, out _) > AccountsOfOne)
                crowded.Add(client);
        }
        return crowded;
    }

    /// <summary>The rate of a trait among the ordinary of that observation's context.</summary>
    public double Ordinary(int trait, in ObservationKind observation)
    {
        var population = CountsOf(_population, observation.Unit);
        var context = CountsOf(_counts, (observation.Unit, observation.Context));
        var all = trait + _traits.Count;
        // Staff are few, and one of them may be most of what is odd: nobody is compared with himself.
        var own = observation.Unit == Unit.StaffPerson
            ? CountsOf(_own, (observation.Principal, observation.Context))
            : _nothing;
        var everybody = (population[trait] - own[trait] + 1) / (population[all] - own[all] + Prior);
        if (observation.Unit == Unit.FirstReading)
        {
            var week = CountsOf(_weeks, observation.Context % Observation.Weeks);
            everybody = (week[trait] + Prior * everybody) / (week[all] + Prior);
        }
        var rate = (context[trait] - own[trait] + Prior * everybody) / (context[all] - own[all] + Prior);
        return Math.Clamp(rate, Least, Most);
    }

    // Observations of one kind and context weigh alike, of staff those of one employee: they come by the million.
    private (double Shown, double NotShown)[] WeightsOf(in ObservationKind observation)
    {
        var own = observation.Unit == Unit.StaffPerson ? observation.Principal : Symbol.None;
        var kind = (observation.Unit, observation.Context, own);
        if (!_weights.TryGetValue(kind, out var weights))
        {
            weights = new (double, double)[_traits.Count];
            for (var k = 0; k < weights.Length; k++)
                weights[k] = WeightsOf(k, observation);
            _weights.Add(kind, weights);
        }
        return weights;
    }

    private (double Shown, double NotShown) WeightsOf(int trait, in ObservationKind observation)
    {
        var (ordinary, theft) = (Ordinary(trait, observation), _traits[trait].RateAmongThefts);
        // A habit of the context: a bound in place of the true rate would turn it into evidence against everybody
        // there.
        return ordinary >= _traits[trait].Habit
            ? (0, 0)
            : (Math.Log(theft / ordinary), Math.Log((1 - theft) / (1 - ordinary)));
    }

    private void Count(in ObservationKind kind, int times)
    {
        Count(CountsOf(_counts, (kind.Unit, kind.Context)), kind, times);
        Count(CountsOf(_population, kind.Unit), kind, times);
        if (kind.Unit == Unit.FirstReading)
            Count(CountsOf(_weeks, kind.Context % Observation.Weeks), kind, times);
        if (kind.Unit == Unit.StaffPerson)
            Count(CountsOf(_own, (kind.Principal, kind.Context)), kind, times);
    }

    private void Count(double[] counts, in ObservationKind kind, int times)
    {
        for (var k = 0; k < _traits.Count; k++)
        {
            if (((kind.Silent | kind.Suspended) & _bits[k]) != 0)
                continue;
            counts[k] += (kind.Traits & _bits[k]) != 0 ? times : 0;
            counts[k + _traits.Count] += times;
        }
    }

    // How often each trait was there, then of how many observations.
    private double[] CountsOf<TKey>(Dictionary<TKey, double[]> table, TKey key)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var counts))
            table.Add(key, counts = new double[_traits.Count * 2]);
        return counts;
    }
}
