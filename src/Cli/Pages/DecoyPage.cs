using System.Globalization;
using WhoSaw.Detection.Canaries;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Cli.Pages;

/// <summary>What <c>whosaw canary plan</c> says: what so many decoys buy, beside more and fewer of them.</summary>
internal static class DecoyPage
{
    private const double Confidence = 0.95;
    private const double Often = 0.5;
    private const double NearlyAlways = 0.99;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <param name="path">The file of accounts.</param>
    /// <param name="accounts">Real ones.</param>
    /// <param name="present">Decoys that it has.</param>
    /// <param name="wanted">Further ones that were asked for.</param>
    /// <param name="found">Further ones that there was a hole for.</param>
    /// <param name="output">Where these were written; null when nowhere.</param>
    public static void Write(
        PageWriter page, string path, long accounts, long present, int wanted, int found, string? output)
    {
        page.Blank();
        page.Split([new Span("Decoys", Tone.Strong), "  ", CellText.Clean(path)],
            [new Span(string.Create(Culture, $"{accounts:N0} accounts, {present:N0} decoys now"), Tone.Dim)]);
        page.Rule();
        var planned = present + found;
        var theft = Math.Max(1, Math.Min(10_000, accounts / 2));
        var table = new PageTable(
            new("decoys", true), new("of accounts", true), new("accounts read before the first", true),
            new("at 50 %", true), new("at 99 %", true),
            new(string.Create(Culture, $"a theft of {theft:N0} is estimated at"), true));
        foreach (var decoys in new[] { present, planned, accounts / 10_000, accounts / 1000, accounts / 100 }
            .Where(count => count > 0 || present == 0).Distinct().Order())
            table.Add(Row(new DecoyPower(accounts, decoys), theft, decoys == planned ? "» " : ""));
        table.Write(page);
        page.Blank();
        page.Text("So many accounts are read, on average and with a probability of 50 and 99 %, before whoever reads "
            + "in order, by stride or at random meets a decoy. The estimate has 95 % confidence and needs no log but "
            + "that of the decoys.");
        if (found < wanted)
            page.Text(string.Create(Culture, $"{wanted - found:N0} of {wanted:N0} stretches of ids have no hole: make ")
                + "those decoys as new accounts while customers register.", Tone.Warning);
        page.Blank();
        page.Text(Next(path, wanted, found, output));
    }

    private static string Next(string path, int wanted, int found, string? output)
    {
        if (wanted == 0)
            return "There are as many as that already; --count asks for more.";
        if (found == 0)
            return "There is no hole to plant one in.";
        return output is null
            ? "next  the same with --out decoys.csv"
            : $"next  make these accounts in the shop, then append {output} to {path}";
    }

    private static string[] Row(DecoyPower power, long theft, string mark)
    {
        if (power.Decoys == 0)
            return ["0", "", "never", "never", "never", "not at all"];
        // what was met of the decoys, as often as it is met on average
        var met = (long)Math.Round((double)theft * power.Decoys / power.Accounts);
        var (low, high) = ClopperPearson.Interval(Math.Min(met, power.Decoys), power.Decoys, Confidence);
        return
        [
            mark + power.Decoys.ToString("N0", Culture),
            ((double)power.Decoys / power.Accounts).ToString("0.000 %", Culture),
            power.MeanBeforeFirst.ToString("N0", Culture),
            Until(power, Often),
            Until(power, NearlyAlways),
            string.Create(Culture, $"{low * power.Accounts:N0} to {high * power.Accounts:N0}"),
        ];
    }

    private static string Until(DecoyPower power, double probability) =>
        power.AccountsUntilSeen(probability)?.ToString("N0", Culture) ?? "never";
}
