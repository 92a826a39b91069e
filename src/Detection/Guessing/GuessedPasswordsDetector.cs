using System.Globalization;
using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Guessing;

/// <summary>
/// Stolen passwords are tried at the log-in: with one program, from many strange addresses, almost all refused. What
/// opened is read. Evidence is added up per software and day, as a one-sided CUSUM; one address speaks once.
/// </summary>
internal sealed class GuessedPasswordsDetector(DetectionContext context, GuessedPasswordsOptions options) : Detector
{
    private const double Least = 0.005;
    private const double MostAtFirst = 0.05;

    // Who mistypes is in within minutes.
    private const long Settles = 10 * EventTime.Minute;

    private readonly Doors _doors = new(context.Catalog);

    public override string Name => "guessed-passwords";

    public override void Observe(AccessBatch batch) => _doors.Observe(batch);

    internal override int StateVersion => 2;

    public override void Save(BinaryWriter state) => _doors.Save(state);

    public override void Restore(BinaryReader state) => _doors.Restore(state, context.SavedSymbols);

    /// <summary>Days of a software in which strangers were refused beyond chance.</summary>
    private sealed record Siege(Symbol Agent, int From, int To, EventTime Raised, double Evidence);

    public override IEnumerable<Finding> Conclude()
    {
        var odd = _doors.All.Where(door => door.Door.IsOdd)
            .ToLookup(door => (door.Name.Agent, door.Door.FirstRefused.DayNumber));
        var first = Sieges(odd, Math.Min(MostAtFirst, RateOf(odd, [])));
        if (first.Count == 0)
            yield break;
        var rate = RateOf(odd, [.. first.Select(siege => siege.Agent)]);
        var sieges = Sieges(odd, rate);
        if (sieges.Count > 0)
            yield return Report(sieges, rate);
    }

    // How often honest people look like this: of those who log in, the doors that are odd.
    private double RateOf(ILookup<(Symbol Agent, int Day), ((Symbol, Symbol), Door)> odd, HashSet<Symbol> without)
    {
        var strange = odd.Where(day => !without.Contains(day.Key.Agent)).Sum(day => day.Count());
        var accepted = _doors.Accepted.Where(day => !without.Contains(day.Key.Agent)).Sum(day => day.Value);
        return Math.Clamp((strange + 1.0) / (strange + accepted + 20.0), Least, 0.3);
    }

    private List<Siege> Sieges(ILookup<(Symbol Agent, int Day), ((Symbol, Symbol), Door Door)> odd, double rate)
    {
        // Honest people use the thief's browser too: only a share of those who come with it is his.
        double Weight(double ratio) => Math.Log(1 - options.ThiefShare + options.ThiefShare * ratio);
        var (up, down) = (
            Weight(options.RateAmongThefts / rate), Weight((1 - options.RateAmongThefts) / (1 - rate)));
        var sieges = new List<Siege>();
        foreach (var agent in odd.Select(day => day.Key.Agent).Distinct().OrderBy(agent => agent.Index))
        {
            var days = odd.Select(day => day.Key).Concat(_doors.Accepted.Keys)
                .Where(day => day.Agent == agent).Select(day => day.Item2).Distinct().Order();
            var (sum, from, highest) = (0.0, int.MinValue, 0.0);
            Siege? siege = null;
            foreach (var day in days)
            {
                var doors = odd[(agent, day)].Select(door => door.Door).ToList();
                var honest = Math.Max(
                    0, _doors.Accepted.GetValueOrDefault((agent, day)) - doors.Sum(door => door.Accepted));
                if (sum == 0)
                    from = day;
                var before = sum;
                sum = Math.Max(0, sum + doors.Count * up + honest * down);
                if (sum <= options.Threshold || sum < highest)
                    continue;
                highest = sum;
                siege = new Siege(
                    agent, siege?.From ?? from, day, siege?.Raised ?? Crossed(doors, before, up, honest * down), sum);
            }
            if (siege is not null)
                sieges.Add(siege);
        }
        return sieges;
    }

    /// <summary>When the day's doors passed the threshold, its honest log-ins spread evenly over them.</summary>
    private EventTime Crossed(List<Door> doors, double before, double up, double honest)
    {
        var times = doors.Select(door => door.FirstRefused).Order().ToList();
        var sum = before;
        foreach (var time in times)
            if ((sum += up + honest / times.Count) > options.Threshold)
                return time.Plus(Settles);
        return times[^1].Plus(Settles);
    }

    private Finding Report(List<Siege> sieges, double rate)
    {
        var doors = Guessers(sieges);
        var all = doors.SelectMany(client => client).ToList();
        long refused = all.Sum(door => door.Door.Refused), opened = all.Sum(door => door.Door.Accepted);
        var isTheft = opened >= options.LeastOpened;
        var time = new Stretch();
        foreach (var (_, door) in all)
        {
            time.See(door.FirstRefused);
            if (door.Accepted > 0)
                time.See(door.Opened.Last);
        }
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = Name,
            Severity = isTheft ? Severity.High : Severity.Low,
            Raised = sieges.Min(siege => siege.Raised),
            First = time.First,
            Last = time.Last,
            Title = isTheft
                ? "Accounts are opened with passwords that somebody tries out"
                : "Somebody tries out passwords at the log-in",
            Why = Text($"{doors.Count:N0} strange addresses were refused {refused:N0} times and let in ")
                + Text($"{opened:N0} times; the evidence is {sieges.Sum(siege => siege.Evidence):N0}, ")
                + Text($"{options.Threshold} is beyond chance."),
            Evidence =
            [
                new Evidence("strange addresses, mostly refused", Text($"{doors.Count:N0}"),
                    Text($"{100 * rate:0.##} % of those who log in")),
                new Evidence("log-ins that opened", Text($"{opened:N0} of {refused + opened:N0} tries"), ""),
            ],
            ActorKind = "agent",
            ActorValue = context.Catalog.Symbols.Text(sieges.MaxBy(siege => siege.Evidence)!.Agent) ?? "",
            Where = Where(
                doors.Select(client => client.Key), all.Select(door => door.Name.Agent).Distinct()),
            Technique = "T1110.004",
            Samples = [.. all.OrderBy(door => door.Door.FirstRefused).Select(door => door.Door.Sample!).Take(5)],
        };
    }

    // Where one program of an address guesses, all of its programs are one guesser's, those too with which so many
    // honest people come that alone they show nothing; and an address in which others log in well is not his.
    private List<IGrouping<Symbol, ((Symbol Client, Symbol Agent) Name, Door Door)>> Guessers(List<Siege> sieges)
    {
        var besieged = _doors.All.Where(door => sieges.Any(siege => siege.Agent == door.Name.Agent
                && door.Door.FirstRefused.DayNumber >= siege.From && door.Door.FirstRefused.DayNumber <= siege.To))
            .Select(door => door.Name.Client).ToHashSet();
        return [.. _doors.All.Where(door => besieged.Contains(door.Name.Client)).GroupBy(door => door.Name.Client)
            .Where(client => client.All(door => door.Door.IsStranger)
                && client.Sum(door => door.Door.Refused) > 5 * _doors.AcceptedAt(client.Key))];
    }

    private string Where(IEnumerable<Symbol> clients, IEnumerable<Symbol> agents)
    {
        var symbols = context.Catalog.Symbols;
        var where = Literals.In("client", clients.Select(client => symbols.Text(client)!));
        var named = agents.Select(symbols.Text).OfType<string>().ToList();
        return named.Count == 0 ? where : where + " and " + Literals.In("agent", named);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
