using System.Globalization;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Shifts;
using WhoSaw.Records;

namespace WhoSaw.Detection.Absence;

/// <summary>
/// Somebody asks for accounts that do not exist, as one does who guesses ids. An actor by its share against the
/// population's, different accounts counted once each; the whole population by the hour, against the same hour of other
/// days.
/// </summary>
internal sealed class AbsentAccountsDetector(
    DetectionContext context, AbsentAccountsOptions options, MemoryOptions memory) : Detector
{
    private readonly ActorShares _shares = new(context.Catalog);
    private readonly PairSet _tried = new();
    private readonly HourlySeries _population = new();
    private long _hour = long.MinValue;
    private int _absentInHour;
    private int _othersInHour;

    private readonly MemoryLimit _limit = new(
        "pairs of an address and an account that does not exist", "further tries did not count against anybody",
        memory.AbsentPairs);

    public override string Name => "absent-accounts";
    internal override IEnumerable<MemoryLimit> Limits => [_limit];

    public override void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Kind[row] != RecordKind.Access || batch.Operation[row] <= 0 || batch.Subject[row].IsNone)
                continue;
            Turn(batch.Time[row]);
            _shares.AddTrial(batch, row);
            // A stale link that is asked for again and again is one account.
            if (batch.Outcome[row] == Outcome.Absent && IsFirstTry(batch, row))
            {
                _shares.AddOdd(batch, row);
                _absentInHour++;
            }
            else
            {
                _othersInHour++;
            }
        }
    }

    public override IEnumerable<Finding> Conclude()
    {
        var found = Actors(out var rate);
        if (found.Count > 0)
        {
            if (found.Count(actor => Causes.Name(actor.Odd.Sample)) * 2 <= found.Count)
                yield return Report(found, rate);
            yield break;
        }
        if (Causes.Found.Count > 0 || Causes.Unissued)
            yield break;
        foreach (var alarm in _population.Alarms)
            yield return Report(alarm);
    }

    internal override IEnumerable<Evidence> EvidenceAbout(Causes causes)
    {
        var found = Actors(out _).Where(actor => causes.Name(actor.Odd.Sample)).ToList();
        if (found.Count == 0)
            yield break;
        var (odd, trials) = (found.Sum(actor => actor.Odd.Count), found.Sum(actor => actor.Trials));
        yield return new Evidence(
            "accounts that do not exist", Words.Number(odd) + " in " + Words.Number(trials) + " requests",
            Words.Share(_shares.OddTrials - odd, _shares.Trials - trials) + " of requests");
    }

    public override void Save(BinaryWriter state)
    {
        _shares.Save(state);
        _tried.Save(state);
        _population.Save(state);
        state.Write(_hour);
        state.Write(_absentInHour);
        state.Write(_othersInHour);
    }

    public override void Restore(BinaryReader state)
    {
        _shares.Restore(state);
        _tried.Restore(state);
        _population.Restore(state);
        (_hour, _absentInHour, _othersInHour) = (state.ReadInt64(), state.ReadInt32(), state.ReadInt32());
    }

    private bool IsFirstTry(AccessBatch batch, int row)
    {
        var (client, account) = (context.SymbolKeys.Of(batch.Client[row]), (ulong)batch.Subject[row].Value);
        return _tried.Count < _limit.Most ? _tried.Add(client, account)
            : !_tried.Contains(client, account) && !_limit.Refuses(_tried.Count);
    }

    private void Turn(EventTime time)
    {
        var hour = time.MinuteNumber / 60;
        if (hour <= _hour)
            return;
        if (_hour != long.MinValue)
            _population.Add(_hour, _absentInHour, _othersInHour);
        (_hour, _absentInHour, _othersInHour) = (hour, 0, 0);
    }

    private IReadOnlyList<ActorShares.Found> Actors(out double rate)
    {
        var beyond = _shares.Beyond(
            Math.Log(options.FalseAlarms), options.LeastAccounts, options.LeastRate, out var ordinary);
        rate = ordinary;
        var least = Math.Max(options.LeastShare, 10 * ordinary);
        return ActorShares.Widest([.. beyond.Where(actor => actor.Purity >= least)]);
    }

    private Finding Report(IReadOnlyList<ActorShares.Found> found, double rate)
    {
        var kind = found[0].Kind.ToString().ToLowerInvariant();
        var values = found.Select(actor => context.Catalog.Symbols.Text(actor.Value)!).ToList();
        var (odd, trials) = (found.Sum(actor => actor.Odd.Count), found.Sum(actor => actor.Trials));
        var (first, last) = (found.Min(a => a.Odd.Sample.First), found.Max(actor => actor.Odd.Sample.Last));
        var elsewhere = Words.Share(_shares.OddTrials - odd, _shares.Trials - trials);
        var chance = -found.Min(actor => actor.LogChance) / Math.Log(10);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = odd >= options.MediumShare * trials ? Severity.Medium : Severity.Low,
            Raised = found.Min(actor => actor.Raised(Math.Log(options.FalseAlarms), rate, _shares.Actors)),
            First = first,
            Last = last,
            Title = "Somebody asks for accounts that do not exist",
            Why = $"{Words.Of(odd, trials, "requests")} asked for different accounts that do not exist, elsewhere "
                + elsewhere
                + string.Create(CultureInfo.InvariantCulture, $". Chance makes one such {kind} in 10^{chance:0} runs."),
            Evidence =
            [
                new Evidence("accounts that do not exist", Words.Share(odd, trials) + " of requests", elsewhere),
                new Evidence(kind, Words.Number(found.Count), "of " + Words.Number(_shares.Actors) + " looked at"),
            ],
            ActorKind = kind,
            ActorValue = values[0],
            Where = Literals.In(kind, values) + $" and time between '{first}' and '{last}'",
            Technique = "T1087",
            Samples = [.. found.SelectMany(actor => actor.Odd.Sample.Locations).Take(5)],
        };
    }

    private Finding Report(HourlySeries.Alarm alarm) => new()
    {
        Kind = FindingKind.Access,
        Detector = Name,
        Severity = Severity.Low,
        Raised = alarm.Raised,
        First = alarm.From,
        Last = alarm.To,
        Title = "More accounts that do not exist are asked for than at other times",
        Why = alarm.Words("different accounts that do not exist") + " No single actor stands out.",
        Evidence = [alarm.Evidence("accounts that do not exist, an hour")],
        ActorKind = "",
        ActorValue = "",
        Where = $"absent and time between '{alarm.From}' and '{alarm.To}'",
        Technique = "T1087",
    };
}
