using System.CommandLine;
using System.Text.Json;
using WhoSaw.Cli.Outputs;
using WhoSaw.Cli.Pages;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Reports;
using WhoSaw.Scoping.Versions;

namespace WhoSaw.Cli.Verbs;

internal static class ScopeDiffCommand
{
    public static Command Create(Host host)
    {
        var before = new Argument<int>("EARLIER") { Description = "The number of a scope." };
        var after = new Argument<int>("LATER") { Description = "The number of another." };
        var ledger = CommonOptions.Ledger(required: true);
        var output = new Option<string?>("--out")
        {
            Description = "Write every account that came or left: CSV.",
            HelpName = "F.csv",
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write the numbers; - is standard output.",
            HelpName = "F",
        };
        var language = CommonOptions.Language();
        var options = Watching.Options();
        var command = new Command("diff", "Say who came into a scope, who left it, and why.")
        {
            before, after, ledger, output, json, language, options.Reason, options.By,
        };
        command.SetAction(parsed => new ScopeDiffVerb(host, Watching.Of(host, parsed, options)).Run(
            parsed.GetValue(ledger)!, parsed.GetValue(before), parsed.GetValue(after), parsed.GetValue(output),
            parsed.GetValue(json), CommonOptions.LanguageOf(parsed.GetValue(language))));
        return command;
    }
}

/// <summary><c>whosaw scope diff</c>: why the number is another than it was.</summary>
internal sealed class ScopeDiffVerb(Host host, Watching who)
{
    public int Run(string directory, int before, int after, string? output, string? json, Language language)
    {
        var ledger = LedgerContents.Read(directory);
        if (!who.MayLook(ledger))
            return ExitStatus.Usage;
        using var engine = ScopeEngine.Open(ledger);
        using var comparison = new ScopeComparison(engine, new ScopeArchive(directory), before, after);
        if (output is not null)
        {
            AskedFile.Write(output, file =>
            {
                using var writer = new StreamWriter(file) { NewLine = "\n" };
                WriteAccounts(writer, comparison);
            });
            who.Record(directory, new ScopeIssued(ScopeVerb.Digest(output), [],
                comparison.Differences.Sum(each => each.Accounts), 0, who.Reason, who.By));
        }
        if (json is not null)
        {
            using var file = json == "-" ? host.OpenOutput() : File.Create(json);
            Write(file, comparison);
        }
        if (json != "-")
            WritePage(comparison, output, language);
        return ExitStatus.Nothing;
    }

    private static void WriteAccounts(TextWriter writer, ScopeComparison comparison)
    {
        writer.WriteLine("account,change,why");
        foreach (var account in comparison.Accounts())
            writer.WriteLine($"{Csv(account.Account)},{(account.Came ? "came" : "left")},{Name(account.Why)}");
    }

    private void WritePage(ScopeComparison comparison, string? output, Language language)
    {
        var (words, page) = (Words.For(language), new PageWriter(host.Page()));
        var (before, after) = (comparison.Before, comparison.After);
        page.Blank();
        page.Line(new Span(words.Say("diff.title", before.Number, after.Number), Tone.Strong));
        page.Rule();
        page.Text(words.Say("diff.numbers", Words.Number(before.Accounts), Words.Number(after.Accounts),
            Words.Number(comparison.Kept)), Tone.Strong);
        if (before.Predicate != after.Predicate)
        {
            page.Text(words.Say("diff.before", Shown(before.Predicate)), Tone.Dim);
            page.Text(words.Say("diff.after", Shown(after.Predicate)), Tone.Dim);
        }
        page.Blank();
        var table = new PageTable(new(words.Say("column.change")),
            new PageTable.Column(words.Say("column.accounts"), IsNumber: true),
            new PageTable.Column(words.Say("column.why"), Widest: 60));
        foreach (var each in comparison.Differences)
            table.Add(words.Say(each.Came ? "diff.came" : "diff.left"), Words.Number(each.Accounts),
                words.Say("diff." + Name(each.Why)));
        if (comparison.Differences.Count > 0)
            table.Write(page);
        else
            page.Text(words.Say("diff.same"));
        if (output is not null)
            page.Text(words.Say("scope.written", output), Tone.Dim);
        page.Blank();
    }

    private static void Write(Stream stream, ScopeComparison comparison)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("before", comparison.Before.Number);
        json.WriteNumber("after", comparison.After.Number);
        json.WriteNumber("accountsBefore", comparison.Before.Accounts);
        json.WriteNumber("accountsAfter", comparison.After.Accounts);
        json.WriteNumber("inBoth", comparison.Kept);
        json.WriteStartArray("differences");
        foreach (var each in comparison.Differences)
        {
            json.WriteStartObject();
            json.WriteString("change", each.Came ? "came" : "left");
            json.WriteString("why", Name(each.Why));
            json.WriteNumber("accounts", each.Accounts);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Name(ScopeChange why) => why switch
    {
        ScopeChange.WiderPredicate => "wider-predicate",
        ScopeChange.NewLogs => "new-logs",
        ScopeChange.GapClosed => "gap-closed",
        ScopeChange.NarrowerPredicate => "narrower-predicate",
        ScopeChange.RecordsGone => "records-gone",
        _ => "otherwise",
    };

    private static string Shown(string predicate) => predicate.Length > 300 ? predicate[..300] + " …" : predicate;

    private static string Csv(string id) => id.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? id
        : '"' + id.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
