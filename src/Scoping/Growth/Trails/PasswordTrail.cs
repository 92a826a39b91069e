using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>
/// Stolen passwords are tried at the log-in: with some software, from many strange addresses, almost all refused. A
/// door speaks once, however often it tries; the evidence is a one-sided CUSUM over the days of a software.
/// </summary>
internal sealed class PasswordTrail(ScopeEngine engine, double threshold)
{
    // Of a guesser's addresses, how many are mostly refused; and of those who come with his software, the share that
    // is his: honest people use it too.
    private const double Among = 0.9;
    private const double ThiefShare = 0.1;
    private const double Least = 0.005;
    private const double MostAtFirst = 0.05;
    private const double Most = 0.3;

    /// <summary>Days of a software in which strangers were refused beyond chance.</summary>
    private sealed record Siege(string Agent, int From, int To, double Evidence);

    public IEnumerable<Theft> Thefts()
    {
        var doors = Doors.Of(engine);
        var odd = doors.Refused.Where(door => door.IsOdd)
            .ToLookup(door => (door.Agent ?? "", door.FirstRefused.DayNumber));
        var first = Sieges(doors, odd, Math.Min(MostAtFirst, RateOf(doors, odd, [])));
        if (first.Count == 0)
            return [];
        var sieges = Sieges(doors, odd, RateOf(doors, odd, [.. first.Select(siege => siege.Agent)]));
        // An address that guesses with several programs is one guesser: its tries are counted together.
        var besieged = doors.Refused.Where(door => sieges.Any(siege => siege.Agent == (door.Agent ?? "")
                && door.FirstRefused.DayNumber >= siege.From && door.FirstRefused.DayNumber <= siege.To))
            .GroupBy(door => door.Client)
            .Where(client => client.All(door => door.IsStranger)
                && client.Sum(door => door.Refused) > 5 * client.Sum(door => door.Accepted)).ToList();
        if (besieged.Sum(client => client.Sum(door => door.Accepted)) == 0)
            return [];
        var literal = Literal(besieged.Select(client => client.Key), [.. sieges.Select(siege => siege.Agent)]);
        return Theft(literal, sieges.Sum(siege => siege.Evidence)) is { } theft ? [theft] : [];
    }

    // How often honest people look like this: of those who log in, the doors that are odd.
    private static double RateOf(Doors doors, ILookup<(string Agent, int Day), Door> odd, HashSet<string> without)
    {
        var strange = odd.Where(day => !without.Contains(day.Key.Agent)).Sum(day => day.Count());
        var accepted = doors.Accepted.Where(day => !without.Contains(day.Key.Agent)).Sum(day => day.Value);
        return Math.Clamp((strange + 1.0) / (strange + accepted + 20.0), Least, Most);
    }

    private List<Siege> Sieges(Doors doors, ILookup<(string Agent, int Day), Door> odd, double rate)
    {
        var up = Statistics.Mixed(Among / rate, ThiefShare);
        var down = Statistics.Mixed((1 - Among) / (1 - rate), ThiefShare);
        var sieges = new List<Siege>();
        foreach (var agent in odd.Select(day => day.Key.Agent).Distinct().Order(StringComparer.Ordinal))
        {
            var days = odd.Select(day => day.Key).Concat(doors.Accepted.Keys)
                .Where(day => day.Agent == agent).Select(day => day.Day).Distinct().Order();
            var (sum, from) = (0.0, 0);
            Siege? siege = null;
            foreach (var day in days)
            {
                var here = odd[(agent, day)];
                var honest = doors.Accepted.GetValueOrDefault((agent, day)) - here.Sum(door => door.Accepted);
                from = sum == 0 ? day : from;
                sum = Math.Max(0, sum + here.Count() * up + Math.Max(0, honest) * down);
                if (sum > threshold)
                    siege = new Siege(agent, siege?.From ?? from, day, Math.Max(sum, siege?.Evidence ?? 0));
            }
            if (siege is not null)
                sieges.Add(siege);
        }
        return sieges;
    }

    private Predicate Literal(IEnumerable<string> clients, List<string> agents)
    {
        var text = Literals.In(engine, "client", clients.Order(StringComparer.Ordinal));
        // software that names itself nothing cannot be asked for by name
        return Predicate.Parse(agents.Contains("") ? text : $"{text} and {Literals.In(engine, "agent", agents)}")
            .OrThrow();
    }

    /// <summary>
    /// The sessions at those doors, and those of them that went on somewhere else. A session that was there before
    /// it was seen at the doors is somebody's who shares the address.
    /// </summary>
    private Theft? Theft(Predicate literal, double evidence)
    {
        var parameters = new SqlParameters();
        var here = literal.WriteSql(parameters, engine.SubjectsOf(literal));
        var sessions = engine.Database.All($"""
            SELECT credential, arg_min(here, place), bool_and(here) FROM (
                SELECT credential, {here} AS here, row(epoch_us("time"), file, "offset") AS place FROM records
                WHERE credential IS NOT NULL)
            GROUP BY credential HAVING bool_or(here) ORDER BY credential
            """, parameters.Values, row => (Credential: row.GetFieldValue<ulong>(0), Began: row.GetBoolean(1),
                Stayed: row.GetBoolean(2)));
        if (sessions.Count == 0)
            return null;
        var began = sessions.Count(session => session.Began);
        var leads = new List<Lead> { new(GrowthTrail.GuessedPasswords, literal, evidence, sessions.Count, began) };
        var carried = sessions.Where(session => session.Began && !session.Stayed)
            .Select(session => session.Credential.ToString(CultureInfo.InvariantCulture)).ToList();
        if (carried.Count > 0)
            leads.Add(new Lead(GrowthTrail.CarriedOn,
                Predicate.Parse(Literals.In(engine, "credential", carried)).OrThrow(), evidence, carried.Count,
                carried.Count));
        return new Theft(leads);
    }
}
