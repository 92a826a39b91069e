using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Cases;

/// <summary>From nothing to letters, through the built program, as the README tells it.</summary>
public sealed class CaseTests
{
    internal static readonly string Particulars =
        Path.Combine(RepositoryFolder.Path, "samples", "shop", "particulars.json");

    [Fact]
    public void From_a_theft_to_a_test_batch_and_a_ledger_that_verifies()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(folder.At("mail.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        var (ledger, notice, outbox) = Prepare(folder);

        var drafted = Say(0, "case", "notice", "draft", "C1", "--ledger", ledger, "--template", "people",
            "--particulars", Particulars, "--by", "kim");
        Assert.Contains("is drafted by kim", drafted.Out, StringComparison.Ordinal);
        Assert.Equal("No fault.\n", Say(0, "case", "notice", "lint", notice, "--ledger", ledger).Out);
        var own = Say(2, "case", "notice", "approve", notice, "--ledger", ledger, "--by", "kim");
        Assert.Equal("whosaw: kim drafted this notice; somebody else approves it\n", own.Error);
        string[] send = ["case", "send", "C1", "--ledger", ledger, "--notice", notice, "--outbox", outbox, "--contacts",
            folder.At("contacts.csv"), "--from", "privacy@example.com", "--smtp",
            $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", "--security", "None"];
        Assert.Contains("is not approved as it is", Say(2, send).Error, StringComparison.Ordinal);
        Say(0, "case", "notice", "approve", notice, "--ledger", ledger, "--by", "lee");

        Assert.Contains("look at what arrived", Say(2, send).Error, StringComparison.Ordinal);
        Say(3, [.. send, "--limit", "20", "--will-post"]);
        Assert.Equal(20, server.Taken().Count);
        Say(2, [.. send, "--release", "--by", "kim", "--will-post"]);
        Assert.Equal(20, server.Taken().Count);
        var rest = Say(0, [.. send, "--release", "--by", "lee", "--will-post"]);
        Assert.Contains(" 0 open = ", rest.Out, StringComparison.Ordinal);
        Assert.All(server.Taken().Values, count => Assert.Equal(1, count));

        // the delivery is over: asked again it tells nobody twice, and takes what came back
        var told = server.Taken().Count;
        Assert.Contains(" 0 open = ", Say(0, [.. send, "--will-post"]).Out, StringComparison.Ordinal);
        File.WriteAllText(folder.At("bounces"), File.ReadLines(server.Log).First());
        var back = Say(0, [.. send, "--will-post", "--bounces", folder.At("bounces")]).Out;
        Assert.Contains("1 came back", back, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{told - 1:#,0} told by mail + 0 by text + 1 for"),
            back, StringComparison.Ordinal);
        Assert.Equal(told, server.Taken().Values.Sum());

        var clocks = Say(0, "case", "clocks", "C1", "--ledger", ledger, "--json");
        Assert.Contains("\"duty\":\"kr-pipa-34-1\",\"jurisdiction\":\"KR\"", clocks.Out, StringComparison.Ordinal);
        var duty = clocks.Out.Split('\n').Single(line => line.Contains("\"kr-pipa-34-1\"", StringComparison.Ordinal));
        Assert.Contains("\"state\":\"met\"", duty, StringComparison.Ordinal);
        Say(0, "ledger", "verify", "--ledger", ledger);

        // no contact and no account's id has entered the journal
        var journal = string.Join('\n', LedgerJournal.Read(ledger).OfType<CaseEventRecorded>());
        Assert.DoesNotContain("@", journal, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(ledger, "*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain("person1@example.com", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void A_scope_that_was_asked_for_with_words_can_be_sent()
    {
        using var folder = new TemporaryFolder();
        var (ledger, notice, outbox) = Prepare(folder);
        Say(0, "case", "scope", "C1", "--where", "operation = 'profile'", "--ledger", ledger);
        Say(0, "case", "notice", "draft", "C1", "--ledger", ledger, "--template", "people", "--particulars",
            Particulars, "--by", "kim");
        Say(0, "case", "notice", "approve", notice, "--ledger", ledger, "--by", "lee");
        var said = Say(3, "case", "send", "C1", "--ledger", ledger, "--notice", notice, "--outbox", outbox,
            "--contacts", folder.At("contacts.csv"), "--from", "privacy@example.com", "--smtp", "127.0.0.1:1",
            "--security", "None", "--limit", "1", "--will-post");
        Assert.Contains(" with mail, ", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_of_the_README_do_what_it_says()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(folder.At("mail.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        Directory.CreateSymbolicLink(folder.At("samples"), Path.Combine(RepositoryFolder.Path, "samples"));
        var readme = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md"));
        var scan = readme.Split('\n').First(line => line.Contains(" -- scan ", StringComparison.Ordinal));
        scan = scan[(scan.IndexOf(" -- ", StringComparison.Ordinal) + 4)..];
        Assert.Equal(1, Whosaw.RunIn(folder.Path, scan.Split(' ')).Status);
        File.WriteAllLines(folder.At("contacts.csv"), File.ReadLines(folder.At("samples/shop/people.csv")).Skip(1)
            .Select(line => line.Split(',')[1]).Distinct()
            .Select((person, i) => string.Create(CultureInfo.InvariantCulture, $"{person},person{i}@example.com,,ko"))
            .Prepend("person,email,phone,language"));

        var lines = readme[readme.IndexOf("## When it has happened", StringComparison.Ordinal)..].Split("```")[1]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var last = new Said(0, "", "");
        foreach (var line in lines)
        {
            if (line.StartsWith("whosaw ", StringComparison.Ordinal))
                last = Whosaw.RunIn(folder.Path, line["whosaw ".Length..].TrimEnd('…', ' ').Replace(
                    "127.0.0.1:8025", $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}",
                    StringComparison.Ordinal).Split(' '));
            else if (line.Contains(": due ", StringComparison.Ordinal))
                Assert.Contains("DUE        Report of the leak: due ", last.Out, StringComparison.Ordinal);
            else
                Assert.Contains(line.Trim(), last.Out, StringComparison.Ordinal);
            // Part of the people are told by then.
            Assert.True(last.Status == (line.Contains("case send", StringComparison.Ordinal) ? 3 : 0)
                || !line.StartsWith("whosaw ", StringComparison.Ordinal),
                $"{line} gave {last.Status}: {last.Out}{last.Error}");
        }
        Assert.Equal(20, server.Taken().Count);
    }

    [Fact]
    public void A_delivery_that_is_killed_again_and_again_tells_everybody_exactly_once()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(
            folder.At("mail.log"), seed: 3, refuse: 0.02, defer: 0.02, drop: 0.02, delayMilliseconds: 2);
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        File.WriteAllText(server.Log, "");
        var (ledger, notice, outbox) = Prepare(folder);
        CaseSendTests.DraftAndApprove(ledger, notice);
        string[] send = ["case", "send", "C1", "--ledger", ledger, "--notice", notice, "--outbox", outbox, "--contacts",
            folder.At("contacts.csv"), "--from", "privacy@example.com", "--smtp",
            $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", "--security", "None", "--will-post",
            "--accepted-log", server.Log];
        Whosaw.Run([.. send, "--limit", "20"]);
        string[] go = [.. send, "--release", "--by", "lee"];
        var random = new Random(5);
        for (var kill = 0; kill < 6; kill++)
            KillAfter(TimeSpan.FromMilliseconds(900 + 900 * random.NextDouble()), go);
        var said = Whosaw.Run(go);
        for (var again = 0; said.Status == 3 && again < 40; again++)
            said = Whosaw.Run(go);
        Assert.True(said.Status == 0, $"ended with {said.Status}: {said.Error}{said.Out}");
        Assert.Contains(" 0 open = ", said.Out, StringComparison.Ordinal);
        Assert.NotEmpty(server.Taken());
        Assert.All(server.Taken().Values, count => Assert.Equal(1, count));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{server.Taken().Count:#,0} told by mail"),
            said.Out,
            StringComparison.Ordinal);
        Say(0, "ledger", "verify", "--ledger", ledger);
    }

    [Fact]
    public void An_exercise_says_so_everywhere()
    {
        using var folder = new TemporaryFolder();
        var drill = folder.At("drill");
        var ledger = Path.Combine(drill, "ledger");
        Assert.StartsWith("DRILL", Say(0, "case", "drill", "--out", drill, "--accounts", "2000").Out,
            StringComparison.Ordinal);
        foreach (var page in new[]
        {
            Say(0, "case", "show", "DRILL1", "--ledger", ledger), Say(0, "case", "log", "DRILL1", "--ledger", ledger),
            Say(0, "case", "clocks", "DRILL1", "--ledger", ledger), Say(0, "case", "drill", "--score", drill),
        })
            Assert.Contains("DRILL · DRILL · DRILL", page.Out, StringComparison.Ordinal);
        foreach (var kind in new[] { "illegal-access-known", "leak-confirmed", "contained" })
            Say(0, "case", "event", "DRILL1", kind, "--ledger", ledger, "--evidence", "finding:F1", "--by", "kim");
        Say(0, "case", "scope", "DRILL1", "--ledger", ledger);
        Say(0, "case", "notice", "draft", "DRILL1", "--ledger", ledger, "--template", "people", "--particulars",
            Particulars, "--by", "kim");
        Assert.Contains("# [훈련 DRILL] 개인정보 유출 통지",
            File.ReadAllText(Path.Combine(ledger, "cases", "DRILL1", "notice-people-ko-1.md")),
            StringComparison.Ordinal);
        var score = Say(0, "case", "drill", "--score", drill).Out;
        Assert.Contains("illegal-access-known    after 0 min, by kim", score, StringComparison.Ordinal);
        Assert.All(LedgerJournal.Read(ledger).OfType<CaseEventRecorded>(), each => Assert.True(each.Drill));
    }

    [Fact]
    public void Bad_input_is_a_sentence_and_records_nothing()
    {
        using var folder = new TemporaryFolder();
        var (ledger, _, _) = Prepare(folder);
        var before = LedgerJournal.Read(ledger).Count;
        foreach (var (sentence, arguments) in new (string, string[])[]
        {
            ("there is no case C9 in this ledger; it has C1", ["case", "show", "C9"]),
            ("there is no kind leek; there are", ["case", "event", "C1", "leek"]),
            ("there is no duty kr-1; whosaw case clocks C1 lists them",
                ["case", "event", "C1", "notice-sent", "--for", "kr-1"]),
            ("notice-sent needs --for", ["case", "event", "C1", "notice-sent"]),
            ("leak-refuted needs --evidence", ["case", "event", "C1", "leak-refuted"]),
            ("lies in the future", ["case", "event", "C1", "noted", "--at", "2999-01-01T00:00:00Z"]),
            ("--at takes a time", ["case", "event", "C1", "noted", "--at", "soon"]),
            ("--fact takes NAME=VALUE", ["case", "event", "C1", "facts-stated", "--fact", "home"]),
            ("home takes KR, EU", ["case", "event", "C1", "facts-stated", "--fact", "home=Korea"]),
            ("this looks like a phone number", ["case", "event", "C1", "noted", "--note", "call 010-1234-5678"]),
            ("say what the first sign was", ["case", "open"]),
            ("there is no finding F99", ["case", "open", "--finding", "F99"]),
        })
        {
            var said = Whosaw.Run([.. arguments, "--ledger", ledger]);
            Assert.Equal(2, said.Status);
            Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
        }
        Assert.Equal(before, LedgerJournal.Read(ledger).Count);
    }

    /// <summary>A theft, scanned; a case of it, confirmed, with its scope; contacts of everybody.</summary>
    internal static (string Ledger, string Notice, string Outbox) Prepare(TemporaryFolder folder)
    {
        var (logs, ledger) = (folder.At("theft"), folder.At("evidence"));
        Say(0, "simulate", "forged-passes", "--out", logs, "--accounts", "2000", "--days", "6");
        Say(1, "scan", "--config", Path.Combine(logs, "whosaw.yaml"), "--ledger", ledger);
        Say(0, "case", "open", "--ledger", ledger, "--finding", "F1", "--by", "kim", "--fact", "home=KR", "--fact",
            "external-access=yes", "--fact", "online-service=yes", "--fact", "intrusion=yes");
        Assert.Single(LedgerContents.Read(ledger).Holds);
        Say(0, "case", "event", "C1", "leak-confirmed", "--ledger", ledger, "--by", "lee", "--evidence", "finding:F1");
        Say(0, "case", "scope", "C1", "--ledger", ledger);
        var people = File.ReadLines(Path.Combine(logs, "people.csv")).Skip(1)
            .Select(line => line.Split(',')[1]).Distinct()
            .Select((person, i) => string.Create(CultureInfo.InvariantCulture, $"{person},person{i}@example.com,,ko"));
        File.WriteAllLines(folder.At("contacts.csv"), people.Prepend("person,email,phone,language"));
        return (ledger, Path.Combine(ledger, "cases", "C1", "notice-people-ko-1.md"), folder.At("outbox"));
    }

    internal static Said Say(int status, params string[] arguments)
    {
        var said = Whosaw.Run(arguments);
        Assert.True(said.Status == status,
            $"whosaw {string.Join(' ', arguments)} gave {said.Status}: {said.Out}{said.Error}");
        return said;
    }

    private static void KillAfter(TimeSpan time, string[] arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "whosaw.exe" : "whosaw"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(time))
            process.Kill();
        process.WaitForExit();
    }
}
