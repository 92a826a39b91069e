using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
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
        IReadOnlyList<CaseRecords> cases = accesses.Count == 0 ? []
            : [.. new CaseJournal(directory, host).Read().Select(each => CaseRecords.Of(directory, ledger, each))];
        var marks = new PersonMarks(engine, PersonHistory.Of(account), cases);
        if (json)
        {
            using var output = host.OpenOutput();
            foreach (var access in accesses)
                Write(output, access, marks);
        }
        else
        {
            WritePage(directory, ledger, account, accesses, cases, marks, language);
        }
        var faults = cases.SelectMany(each => each.Faults).ToList();
        return faults.Count == 0 ? ExitStatus.Nothing : host.Fail(ExitStatus.Incomplete, faults);
    }

    private void WritePage(
        string directory, LedgerContents ledger, string account, IReadOnlyList<PersonAccess> accesses,
        IReadOnlyList<CaseRecords> cases, PersonMarks marks, Language language)
    {
        var gaps = Coverage.Gaps(ledger).Select(gap => new GapStory(gap.Stream, gap.From, gap.To, gap.Reason)).ToList();
        var zone = DisplayZone.Read(directory);
        PersonPage.Write(host.Page(), new PersonStory(account, zone, [.. accesses.Select(access => new PersonRow(
            access.Time, access.Operation ?? "", access.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Actor(access, marks.FindingsOf(access).Count > 0), access.Outcome, marks.FindingsOf(access),
            marks.CasesOf(access)))], [.. cases.Select(each => each.Case)], gaps), language);
    }

    private static string Actor(PersonAccess access, bool isFound) =>
        access.Own ? (isFound ? "a pass for this account, " : "own session, ") + access.Client
        : access.Who is null ? access.Client ?? ""
        : $"{access.Who}, {access.Client}";

    private static void Write(Stream output, PersonAccess access, PersonMarks marks)
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
            WriteIds(writer, "findings", marks.FindingsOf(access));
            WriteIds(writer, "cases", marks.CasesOf(access));
            writer.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static void WriteIds(Utf8JsonWriter writer, string name, IReadOnlyList<string> ids)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids)
            writer.WriteStringValue(id);
        writer.WriteEndArray();
    }
}
