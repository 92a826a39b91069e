using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Watching;

/// <summary>Whether a watch left what one scan of the same bytes leaves.</summary>
internal static class Comparison
{
    /// <summary>Records, totals, rejects, scopes, findings; and the ledger verifies.</summary>
    public static void IsThatOfAScan(GrowingShop shop)
    {
        var watched = shop.Evidence.Contents;
        Assert.Empty(LedgerVerification.Run(shop.Evidence.Ledger, new VerificationOptions()).Faults);
        var scanned = Scanned(shop);
        Assert.Equal(Totals(scanned), Totals(watched));
        Assert.Equal(scanned.Segments.Sum(segment => segment.Rows), watched.Segments.Sum(segment => segment.Rows));
        Assert.Equal(Rejected(scanned), Rejected(watched));
        Assert.Equal(Scope(shop, "whole", "operation = 'profile'"), Scope(shop, "ledger", "operation = 'profile'"));
        Assert.Equal(Scope(shop, "whole", "unissued"), Scope(shop, "ledger", "unissued"));
        Assert.Equal(scanned.Findings.Select(Same).Order(), watched.Findings.Select(Same).Order());
    }

    public static LedgerContents Scanned(GrowingShop shop)
    {
        var whole = shop.Evidence.Folder.At("whole");
        var said = Whosaw.Run(
            "scan", "--config", shop.ConfigurationPath, "--ledger", whole, "--fingerprint-key", shop.Evidence.KeyPath);
        Assert.Equal(1, said.Status);
        return LedgerContents.Read(whole);
    }

    public static long Lines(LedgerContents ledger) => Coverage.Read(ledger).Sum(row => row.Lines)
        + ledger.Sources.Sum(source => source.Rejects);

    public static bool Until(Func<bool> holds)
    {
        for (var tries = 0; tries < 300; tries++, Thread.Sleep(100))
            if (holds())
                return true;
        return false;
    }

    private static List<string> Totals(LedgerContents ledger) =>
        [.. Coverage.Read(ledger).GroupBy(row => (row.Source, row.Stream, row.Minute, row.Operation, row.Outcome))
            .Select(group => $"{group.Key} {group.Sum(row => row.Lines)} {group.Sum(row => row.Bytes)}").Order()];

    private static string Scope(GrowingShop shop, string ledger, string where)
    {
        var path = shop.Evidence.Folder.At("compared.csv");
        var said = Whosaw.Run("scope", "--ledger", shop.Evidence.Folder.At(ledger), "--where", where, "--out", path);
        Assert.True(said.Status <= 1, said.Error);
        return File.ReadAllText(path);
    }

    // The files have other names by the time of the scan.
    private static IEnumerable<string> Rejected(LedgerContents ledger) =>
        Rejects.Read(ledger.Directory).Select(rejected => Convert.ToHexString(rejected.Line.Span)).Order();

    // Ids differ: a watch raises findings as they come.
    private static string Same(Finding finding) =>
        string.Join(" | ", finding.Detector, finding.Kind, finding.Severity, finding.Where, finding.First,
            finding.Last, finding.Raised, finding.Title, finding.Why, string.Join(", ", finding.Evidence));
}
