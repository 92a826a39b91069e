using System.Globalization;
using System.Net;
using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Outflow;

/// <summary>
/// Says what surged. A database's rows, the flow of the host that asked for them and the answers of a server are one
/// finding where they share a host and the time.
/// </summary>
internal sealed class OutflowReport(DetectionContext context, string detector)
{
    // Clocks of a firewall and of a server differ, and what was read is packed before it leaves.
    private const long Apart = 6 * EventTime.Hour;
    private const int MostPeers = 5;

    /// <summary>The technique of large answers by paths of one's own.</summary>
    public const string WebShell = "T1505.003";

    /// <param name="scripts">What a client alone asked for since a time.</param>
    /// <param name="learned">Until when a source was only learned.</param>
    public IEnumerable<Finding> Of(
        IReadOnlyList<Surge> surges, Func<Surge, EventTime, IEnumerable<Symbol>> scripts, Func<int, EventTime> learned)
    {
        var groups = new List<List<Surge>>();
        foreach (var surge in surges.OrderBy(surge => surge.Raised))
        {
            var joined = groups.Where(group => group.Exists(other => AreOne(surge, other))).ToList();
            groups.RemoveAll(joined.Contains);
            groups.Add([.. joined.SelectMany(group => group), surge]);
        }
        return groups.Select(group => Of(group, scripts, learned))
            .OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);
    }

    private static bool AreOne(Surge one, Surge other) =>
        one.First.Plus(-Apart) <= other.Last && other.First.Plus(-Apart) <= one.Last
        && (one.Actor == other.Actor || Hosts(one).Intersect(Hosts(other)).Any());

    /// <summary>
    /// The hosts that show who moved it: of rows the client that asked, of answers the client that got them.
    /// </summary>
    private static HashSet<Symbol> Hosts(Surge surge) => surge.Actor.Kind switch
    {
        OutflowKind.Rows => surge.Peers.Count <= MostPeers ? surge.Peers : [],
        OutflowKind.Pair => [surge.Actor.From, surge.Actor.To],
        _ => [surge.Actor.From],
    };

    private Finding Of(
        List<Surge> group, Func<Surge, EventTime, IEnumerable<Symbol>> scripts, Func<int, EventTime> learned)
    {
        // rows say more than answers, answers more than bytes between hosts; of a pair and its sender the pair
        var lead = group.OrderBy(surge => surge.Actor.Kind switch
        {
            OutflowKind.Rows => 0,
            OutflowKind.Answers => 1,
            OutflowKind.Pair => 2,
            _ => 3,
        }).ThenByDescending(surge => surge.Amount).First();
        var told = Told(group).ToList();
        var who = Text(lead.Actor.From);
        return new Finding
        {
            Kind = FindingKind.Access,
            Detector = detector,
            Severity = SeverityOf(lead, group),
            Raised = group.Min(surge => surge.Raised),
            First = told.Min(surge => surge.First),
            Last = told.Max(surge => surge.Last),
            Title = lead.Actor.Kind switch
            {
                OutflowKind.Rows => $"{who} took far more rows out of a database than ever before",
                OutflowKind.Answers => "Large answers left by paths that nobody else asked for",
                _ => $"{who} sent far more bytes to another host than ever before",
            },
            Why = WhyOf(lead),
            Evidence = [.. told.Select(EvidenceOf), .. Scripts(lead, scripts, learned), .. Peers(lead)],
            ActorKind = lead.Actor.Kind == OutflowKind.Answers ? "client" : "principal",
            ActorValue = who,
            Where = string.Join(" or ", told.Select(surge => told.Count == 1 ? WhereOf(surge)
                : $"({WhereOf(surge)})").Distinct()),
            Technique = lead.Actor.Kind switch
            {
                OutflowKind.Rows => "T1213.006",
                OutflowKind.Answers => WebShell,
                _ => "T1048",
            },
            Samples = [.. told.SelectMany(surge => surge.Samples).Take(5)
                .Select(at => new RecordLocation(context.Catalog.Files[at.File].Path, at.Offset))],
        };
    }

    /// <summary>A sender's bytes are those of its pairs, where these surged too.</summary>
    private static IEnumerable<Surge> Told(List<Surge> group) => group
        .Where(surge => surge.Actor.Kind != OutflowKind.Sender || !group.Exists(pair =>
            pair.Actor.Kind == OutflowKind.Pair && pair.Actor.From == surge.Actor.From
            && pair.Amount * 2 > surge.Amount))
        .OrderBy(surge => surge.Actor.Kind == OutflowKind.Rows ? 0 : surge.Actor.Kind == OutflowKind.Answers ? 1 : 2)
        .ThenBy(surge => surge.First);

    private Severity SeverityOf(Surge lead, List<Surge> group)
    {
        var leaves = group.Exists(surge => surge.Actor.Kind == OutflowKind.Answers
            || surge.Actor.Kind == OutflowKind.Pair && IsPublic(surge.Actor.To)
            || surge.Actor.Kind == OutflowKind.Sender && surge.Peers.Any(IsPublic));
        var isPersonal = lead.Actor.Kind == OutflowKind.Rows && lead.Operations.Any(operation => operation > 0
            && context.Catalog.Operations[operation].Shows.Count > 0);
        return isPersonal && leaves ? Severity.Critical
            : isPersonal || leaves || lead.Actor.Kind == OutflowKind.Rows ? Severity.High
            : Severity.Medium;
    }

    private static string WhyOf(Surge surge)
    {
        var window = surge.IsDay ? "a day" : "an hour";
        var unit = surge.Actor.Kind == OutflowKind.Rows ? Rows : (Func<double, string>)Bytes;
        var before = surge.MostBefore == 0 ? "it had moved none before"
            : $"its most before was {unit(surge.MostBefore)}";
        var sentence = $"{unit(surge.Amount)} from {surge.First} to {surge.Last}; {before} in {window}, and more than "
            + $"{unit(Math.Floor(surge.Limit))} is out of the ordinary here.";
        return sentence + (surge.Actor.Kind == OutflowKind.Rows
            ? " The log knows rows and names no people."
            : " The log knows bytes: whose data they were is not in it.");
    }

    private Evidence EvidenceOf(Surge surge)
    {
        var isRows = surge.Actor.Kind == OutflowKind.Rows;
        var what = surge.Actor.Kind switch
        {
            OutflowKind.Rows => "rows taken from " + TablesOf(surge),
            OutflowKind.Answers => "bytes of large answers",
            OutflowKind.Pair => $"bytes from {Text(surge.Actor.From)} to {Text(surge.Actor.To)}",
            _ => $"bytes from {Text(surge.Actor.From)}",
        };
        var unit = isRows ? Rows : (Func<double, string>)Bytes;
        var ordinary = surge.Median > 0 ? $"median {unit(surge.Median)} {(surge.IsDay ? "a day" : "an hour")}, " : "";
        return new Evidence(
            what, unit(surge.Amount),
            $"{ordinary}its most before {(surge.MostBefore > 0 ? unit(surge.MostBefore) : "none")}");
    }

    private string TablesOf(Surge surge)
    {
        var named = surge.Operations.Where(operation => operation > 0)
            .Select(operation => context.Catalog.Operations[operation].Name).Order(StringComparer.Ordinal).ToList();
        return named.Count == 0 ? "tables that are not configured" : string.Join(", ", named);
    }

    private IEnumerable<Evidence> Scripts(
        Surge lead, Func<Surge, EventTime, IEnumerable<Symbol>> scripts, Func<int, EventTime> learned)
    {
        if (lead.Actor.Kind != OutflowKind.Answers)
            yield break;
        var alone = scripts(lead, learned(lead.Actor.Source)).Select(Text).ToList();
        var called = alone.Where(path => !lead.Paths.Keys.Select(Text).Contains(path)).Take(3).ToList();
        if (called.Count > 0)
            yield return new Evidence("script never called before", string.Join(", ", called), "by nobody else");
        yield return new Evidence(
            "path never asked for before", string.Join(", ", alone.Except(called).Take(3)), "by nobody else");
    }

    private IEnumerable<Evidence> Peers(Surge lead)
    {
        if (lead.Actor.Kind == OutflowKind.Rows)
            yield return new Evidence(
                "from", string.Join(", ", lead.Peers.Take(MostPeers).Select(Text).Order(StringComparer.Ordinal)), "");
        if ((lead.Traits & Trait.Hosting) != 0)
            yield return new Evidence("to", "a hosting network", "");
    }

    private string WhereOf(Surge surge)
    {
        var source = "source = " + Literals.Text(context.Catalog.Sources[surge.Actor.Source]);
        var who = surge.Actor.Kind switch
        {
            OutflowKind.Answers => " and client = " + Literals.Text(Text(surge.Actor.From)),
            OutflowKind.Pair => " and principal = " + Literals.Text(Text(surge.Actor.From))
                + " and client = " + Literals.Text(Text(surge.Actor.To)),
            _ => " and principal = " + Literals.Text(Text(surge.Actor.From)),
        };
        return $"{source}{who} and time between '{surge.First}' and '{surge.Last}'";
    }

    private bool IsPublic(Symbol host)
    {
        if (!IPAddress.TryParse(Text(host), out var address))
            return false;
        var bytes = address.GetAddressBytes();
        return bytes.Length == 16
            ? bytes[0] is not (0xfc or 0xfd or 0xfe) && !IPAddress.IsLoopback(address)
            : bytes[0] is not (10 or 127 or 0) && !(bytes[0] == 172 && bytes[1] is >= 16 and < 32)
                && !(bytes[0] == 192 && bytes[1] == 168) && !(bytes[0] == 169 && bytes[1] == 254)
                && !(bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }

    private string Text(Symbol symbol) => context.Catalog.Symbols.Text(symbol) ?? "";

    private static string Rows(double rows) =>
        Counted.Of((long)Math.Floor(rows), "row");

    /// <summary>Decimal units, as statements of the authorities have them.</summary>
    private static string Bytes(double bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        var unit = 0;
        for (; bytes >= 1000 && unit < units.Length - 1; unit++)
            bytes /= 1000;
        return bytes.ToString(unit == 0 ? "0" : "0.##", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
