using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

internal static class PersonCommand
{
    public static Command Create(Host host)
    {
        var id = new Argument<string>("ID") { Description = "The account, as the logs write it." };
        var ledger = CommonOptions.Ledger(required: true);
        var json = new Option<bool>("--json") { Description = "One JSON object a line instead of the page." };
        var language = CommonOptions.Language();
        var options = Watching.Options();
        var command = new Command("person", "Say who saw this account's data: every access, newest first.")
        {
            id, ledger, json, language, options.Reason, options.By,
        };
        command.SetAction(parsed => new PersonVerb(host, Watching.Of(host, parsed, options)).Run(
            parsed.GetValue(id)!, parsed.GetValue(ledger)!, parsed.GetValue(json),
            CommonOptions.LanguageOf(parsed.GetValue(language))));
        return command;
    }
}

/// <summary><c>whosaw person</c>: who saw one account's data.</summary>
internal sealed class PersonVerb(Host host, Watching who)
{
    public int Run(string account, string directory, bool json, Language language)
    {
        var ledger = LedgerContents.Read(directory);
        if (!who.MayLook(ledger))
            return ExitStatus.Usage;
        using var engine = ScopeEngine.Open(ledger);
        var accesses = engine.History(account).ToList();
        who.Record(directory, new PersonLookedUp(Watching.PersonMark(account), accesses.Count, who.Reason, who.By));
        if (json)
        {
            using var output = host.OpenOutput();
            foreach (var access in accesses)
                Write(output, access);
            return ExitStatus.Nothing;
        }
        var findings = BehindFindings(engine, ledger, account);
        string FindingOf(PersonAccess access) => findings.GetValueOrDefault((access.File, access.Offset), "");
        var gaps = Coverage.Gaps(ledger).Select(gap => new GapStory(gap.Stream, gap.From, gap.To, gap.Reason)).ToList();
        PersonPage.Write(host.Page(),
            new PersonStory(account, DisplayZone.Read(directory), [.. accesses.Select(access => new PersonRow(
            access.Time, access.Operation ?? "", access.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Actor(access, FindingOf(access)), access.Outcome, FindingOf(access)))], gaps), language);
        return ExitStatus.Nothing;
    }

    /// <summary>Which of the account's records a finding points to.</summary>
    private static Dictionary<(string File, long Offset), string> BehindFindings(
        ScopeEngine engine, LedgerContents ledger, string account)
    {
        var own = Predicate.Parse($"subject = '{account.Replace("'", "''", StringComparison.Ordinal)}'").OrThrow();
        var found = new Dictionary<(string, long), string>();
        foreach (var finding in ledger.Findings.Where(f => f.Kind == FindingKind.Access && f.Where.Length > 0))
            foreach (var record in engine.Records(Predicate.And(own, Predicate.Parse(finding.Where).OrThrow())))
                found.TryAdd((record.Row.File, record.Row.Offset), finding.Id);
        return found;
    }

    private static string Actor(PersonAccess access, string finding) =>
        access.Own ? (finding.Length > 0 ? "a pass for this account, " : "own session, ") + access.Client
        : access.Who is null ? access.Client ?? ""
        : $"{access.Who}, {access.Client}";

    private static void Write(Stream output, PersonAccess access)
    {
        using (var writer = new Utf8JsonWriter(output, FindingJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("time", access.Time.ToString());
            writer.WriteString("operation", access.Operation);
            writer.WriteString("outcome", access.Outcome.Name());
            writer.WriteString("fields", access.Fields);
            writer.WriteString("who", access.Who);
            writer.WriteBoolean("own", access.Own);
            writer.WriteString("credential", access.Credential);
            writer.WriteString("client", access.Client);
            writer.WriteString("agent", access.Agent);
            writer.WriteString("key", access.Key);
            writer.WriteString("file", access.File);
            writer.WriteString("offset", access.Offset.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }
        output.Write("\n"u8);
    }
}
