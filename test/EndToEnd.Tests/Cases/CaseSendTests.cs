using System.Globalization;
using Xunit;
using static WhoSaw.EndToEnd.Tests.Cases.CaseTests;

namespace WhoSaw.EndToEnd.Tests.Cases;

/// <summary>A walk through what goes wrong in a delivery: who is told, by which text, what counts as told.</summary>
public sealed class CaseSendTests
{
    [Fact]
    public void A_scope_by_hand_is_the_one_that_is_told_and_what_came_back_needs_no_leave()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(folder.At("mail.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        var (ledger, notice, outbox) = Prepare(folder);
        var few = Say(0, "case", "scope", "C1", "--ledger", ledger, "--where", "time < '2025-04-12T03:00:00Z'").Out;
        Assert.DoesNotContain("2,620 people", few.Split('\n')[0], StringComparison.Ordinal);
        DraftAndApprove(ledger, notice);
        string[] own = ["case", "send", "C1", "--ledger", ledger, "--notice", notice, "--outbox", outbox];
        string[] send = [.. own, "--contacts", folder.At("contacts.csv"), .. By(server)];
        // what may not be recorded is not sent
        Assert.Contains("looks like an e-mail address", Say(2, [.. send, "--limit", "10", "--by", "lee@example.com"])
            .Error, StringComparison.Ordinal);
        Assert.Empty(server.Taken());
        Say(3, [.. send, "--limit", "10"]);
        File.WriteAllText(folder.At("bounces"), File.ReadLines(server.Log).First());
        Assert.Contains("1 came back", Say(3, [.. own, "--bounces", folder.At("bounces")]).Out,
            StringComparison.Ordinal);
        // whoever came back is told by the posting, and before it is up the notice is not sent
        Say(3, [.. send, "--release", "--by", "lee"]);
        Say(0, "case", "event", "C1", "posted", "--ledger", ledger, "--evidence", "reference:homepage");
        Say(0, [.. own, "--for", "kr-network-48-3-4"]);
        // a new scope makes the text stale; what comes back is noted all the same
        Say(0, "case", "scope", "C1", "--ledger", ledger);
        File.WriteAllText(folder.At("bounces"), File.ReadLines(server.Log).Skip(1).First());
        Assert.Contains("1 came back", Say(0, [.. own, "--bounces", folder.At("bounces")]).Out,
            StringComparison.Ordinal);
        Assert.Contains("stale-scope", Say(1, send).Error, StringComparison.Ordinal);

        // the notice, also as that of the intrusion, is sent; what the new scope says is due; the second notice says it
        string State(string duty) => Say(0, "case", "clocks", "C1", "--ledger", ledger, "--json").Out.Split('\n')
            .Last(line => line.Contains($"\"{duty}\"", StringComparison.Ordinal)).Split("\"state\":\"")[1]
            .Split('"')[0];
        Assert.Equal(("met", "met", "running"),
            (State("kr-pipa-34-1"), State("kr-network-48-3-4"), State("kr-pipa-34-1-supplement")));
        var second = notice.Replace("ko-1", "ko-2", StringComparison.Ordinal);
        DraftAndApprove(ledger, second);
        string[] further = [.. send[..5], "--notice", second, "--outbox", folder.At("outbox2"), .. send[9..]];
        Say(3, [.. further, "--limit", "100"]);
        Say(0, [.. further, "--release", "--by", "lee"]);
        Assert.Equal("met", State("kr-pipa-34-1-supplement"));
    }

    [Fact]
    public void Another_outbox_or_an_older_copy_of_it_tells_nobody_twice()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(folder.At("mail.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        var (ledger, notice, outbox) = Prepare(folder);
        DraftAndApprove(ledger, notice);
        string[] Send(string from) => ["case", "send", "C1", "--ledger", ledger, "--notice", notice, "--outbox", from,
            "--contacts", folder.At("contacts.csv"), .. By(server)];
        Say(3, [.. Send(outbox), "--limit", "10"]);
        Directory.CreateDirectory(folder.At("copy"));
        foreach (var file in Directory.EnumerateFiles(outbox))
            File.Copy(file, Path.Combine(folder.At("copy"), Path.GetFileName(file)));
        Say(3, [.. Send(outbox), "--limit", "10"]);

        Assert.Contains("20 people were told from another outbox",
            Say(2, [.. Send(folder.At("elsewhere")), "--limit", "10"]).Error, StringComparison.Ordinal);
        Assert.Contains("is an older copy", Say(2, [.. Send(folder.At("copy")), "--limit", "10"]).Error,
            StringComparison.Ordinal);
        File.Move(Path.Combine(outbox, "states.log"), folder.At("states"));
        Assert.Contains("is no whole outbox", Say(2, [.. Send(outbox), "--limit", "10"]).Error,
            StringComparison.Ordinal);
        File.Move(folder.At("states"), Path.Combine(outbox, "states.log"));
        File.AppendAllText(Path.Combine(outbox, "recipients.tsv"), "p9999\t1\tsomebody@example.com\t\t\n");
        Assert.Contains("was changed", Say(2, [.. Send(outbox), "--limit", "10"]).Error, StringComparison.Ordinal);
        Assert.Equal(20, server.Taken().Count);
        Assert.All(server.Taken().Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Contacts_are_read_anew_until_somebody_was_tried_and_edits_are_never_lost()
    {
        using var folder = new TemporaryFolder();
        var (ledger, notice, outbox) = Prepare(folder);
        string[] draft = ["case", "notice", "draft", "C1", "--ledger", ledger, "--template", "people", "--particulars",
            Particulars, "--by", "kim"];
        Say(0, draft);
        File.WriteAllText(notice, File.ReadAllText(notice) + "- 상담은 무료입니다.\n");
        var kept = Say(0, draft).Out.Split('\n')[0]["the text that was there before is ".Length..];
        Assert.Contains("상담은 무료입니다", File.ReadAllText(kept), StringComparison.Ordinal);
        // another notice has its own contact, and the first keeps its own
        var other = folder.At("other.json");
        File.WriteAllText(other, File.ReadAllText(Particulars).Replace("개인정보보호팀", "해외법무팀",
            StringComparison.Ordinal));
        Say(0, "case", "notice", "draft", "C1", "--ledger", ledger, "--template", "report", "--particulars", other,
            "--by", "kim");
        Say(0, "case", "notice", "lint", notice, "--ledger", ledger);
        var report = notice.Replace("people", "report", StringComparison.Ordinal);
        Assert.Contains("file it, then  whosaw case event C1 notice-sent", Say(0, "case", "notice", "approve", report,
            "--ledger", ledger, "--by", "lee").Out, StringComparison.Ordinal);
        Say(0, "case", "notice", "approve", notice, "--ledger", ledger, "--by", "lee");

        string[] send = ["case", "send", "C1", "--ledger", ledger, "--notice", notice, "--outbox", outbox, "--from",
            "privacy@example.com", "--smtp", "127.0.0.1:1", "--security", "None", "--limit", "10"];
        File.WriteAllText(folder.At("empty.csv"), "person,email,phone,language\np0,person0@example.com\n");
        var ragged = Say(2, [.. send, "--contacts", folder.At("empty.csv")]).Error;
        Assert.Contains(" does not read: a line has the four columns", ragged, StringComparison.Ordinal);
        Assert.DoesNotContain("person0", ragged, StringComparison.Ordinal);
        File.WriteAllText(folder.At("empty.csv"), "person,email,phone,language\n");
        Assert.Contains("unreachable-untold", Say(1, [.. send, "--contacts", folder.At("empty.csv")]).Error,
            StringComparison.Ordinal);
        var none = Say(3, [.. send, "--contacts", folder.At("contacts.csv"), "--will-post"]).Out;
        Assert.DoesNotContain(" 0 with mail", none, StringComparison.Ordinal);
        Assert.Contains("the mail server takes nothing now (no answer): stopped after 10", none,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_of_which_part_is_a_posting_is_not_sent_before_it_is_up()
    {
        using var folder = new TemporaryFolder();
        using var server = MailServerProcess.Start(folder.At("mail.log"));
        Assert.SkipUnless(server is not null, MailServerProcess.Missing);
        var (ledger, notice, outbox) = Prepare(folder);
        DraftAndApprove(ledger, notice);
        File.WriteAllText(folder.At("few.csv"),
            "\ufeffperson,email,phone,language\r\np0,person0@example.com,,ko\r\n p1 ,person1@example.com,,en\r\n");
        string[] own = ["case", "send", "C1", "--ledger", ledger, "--notice", notice, "--outbox", outbox];
        var sent = Say(3, [.. own, "--contacts", folder.At("few.csv"), .. By(server),
            "--limit", "100"]).Out;
        Assert.Contains("2 told by mail", sent, StringComparison.Ordinal);
        Assert.Contains("1 of them read en by their contacts, and this notice is in ko", sent,
            StringComparison.Ordinal);
        Assert.Contains("then this command again records the notice as sent", sent, StringComparison.Ordinal);
        string Clock() => Say(0, "case", "clocks", "C1", "--ledger", ledger, "--json").Out.Split('\n')
            .Single(line => line.Contains("\"kr-pipa-34-1\"", StringComparison.Ordinal));
        Assert.Contains("\"state\":\"running\"", Clock(), StringComparison.Ordinal);
        Say(0, "case", "event", "C1", "posted", "--ledger", ledger, "--evidence", "reference:homepage");
        Say(0, own);
        Assert.Contains("\"state\":\"met\"", Clock(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_is_scoped_by_what_it_names_and_names_what_there_is()
    {
        using var folder = new TemporaryFolder();
        var (ledger, notice, _) = Prepare(folder);
        Say(0, "case", "open", "--ledger", ledger, "--signal", "ticket 7");
        Assert.Contains("C2 names no finding that points to records", Say(2, "case", "scope", "C2", "--ledger", ledger)
            .Error, StringComparison.Ordinal);
        Assert.Contains("there is no finding F99", Say(2, "case", "event", "C2", "triaged", "--ledger", ledger,
            "--evidence", "finding:F99").Error, StringComparison.Ordinal);
        Say(0, "case", "event", "C2", "triaged", "--ledger", ledger, "--evidence", "finding:f1");
        Say(0, "case", "scope", "C2", "--ledger", ledger);
        Assert.Contains("has a verb of its own", Say(2, "case", "event", "C1", "notice-approved", "--ledger", ledger,
            "--evidence", "sha256:" + new string('a', 64)).Error, StringComparison.Ordinal);
        Say(0, "case", "notice", "draft", "C1", "--ledger", ledger, "--template", "posting", "--particulars",
            Particulars, "--by", "kim");
        notice = notice.Replace("people", "posting", StringComparison.Ordinal);
        Say(0, "case", "notice", "approve", notice, "--ledger", ledger, "--by", "lee");
        Assert.Contains("a posting is put on the homepage", Say(2, "case", "send", "C1", "--ledger", ledger, "--notice",
            notice, "--outbox", folder.At("outbox")).Error, StringComparison.Ordinal);
        // a case is not closed over what is due, unless somebody says why; a wrong year is taken back
        Say(0, "case", "event", "C1", "leak-confirmed", "--ledger", ledger, "--evidence", "reference:call", "--at",
            "2025-05-01T09:00+09:00");
        var due = Say(2, "case", "event", "C1", "closed", "--ledger", ledger).Error;
        Assert.Contains("still due: Notice of the leak to the people concerned: late by", due,
            StringComparison.Ordinal);
        Say(0, "case", "event", "C1", "withdrawn", "--ledger", ledger, "--fact", "event=7", "--note", "it was 2026");
        Assert.Contains("leak-confirmed, withdrawn by 8", Say(0, "case", "log", "C1", "--ledger", ledger).Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("late by", Say(2, "case", "event", "C1", "closed", "--ledger", ledger).Error,
            StringComparison.Ordinal);
        Assert.Contains("is a notice of C1", Say(2, "case", "send", "C2", "--ledger", ledger, "--notice", notice,
            "--outbox", folder.At("outbox")).Error, StringComparison.Ordinal);
    }

    /// <summary>The notice to the people of the case, by one person, and let go by another.</summary>
    internal static void DraftAndApprove(string ledger, string notice)
    {
        Say(0, "case", "notice", "draft", "C1", "--ledger", ledger, "--template", "people", "--particulars",
            Particulars, "--by", "kim");
        Say(0, "case", "notice", "approve", notice, "--ledger", ledger, "--by", "lee");
    }

    /// <summary>What a send says of a server, and that a posting is for those whom it cannot reach.</summary>
    private static string[] By(MailServerProcess server) =>
    [
        "--from", "privacy@example.com", "--smtp",
        $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", "--security", "None", "--will-post",
    ];
}
