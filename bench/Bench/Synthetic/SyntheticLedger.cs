using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Bench.Synthetic;

/// <summary>A ledger of so many bytes, of records as a shop's gateway leaves them: many accounts, few routes.</summary>
public static class SyntheticLedger
{
    private const int Clients = 200_000, Accounts = 5_000_000, LinesASecond = 400;
    private static readonly EventTime Start = new(1_744_588_800_000_000);

    public static void Make(string directory, LedgerOptions options, long bytes)
    {
        var catalog = new Catalog(
        [
            new Operation("profile", [new DataCategory("name")]),
            new Operation("addresses", [new DataCategory("address")]),
        ]);
        catalog.AddFile(catalog.AddStream(catalog.AddSource("gateway"), "gw1"), "logs/gw1.log");
        var clients = Enumerable.Range(0, Clients).Select(each => catalog.Symbols.Intern(string.Create(
            CultureInfo.InvariantCulture, $"198.51.{each >> 8 & 255}.{each & 255}"))).ToArray();
        var (network, method) = (catalog.Symbols.Intern("198.51.0.0/16"), catalog.Symbols.Intern("GET"));
        var random = new Random(1);
        using var writer = LedgerWriter.Open(directory, catalog, options);
        var (batch, row) = (new AccessBatch(), 0L);
        var totals = new Dictionary<(long Minute, short Operation), long>();
        for (var segments = Path.Combine(directory, "segments"); Size(segments) < bytes;)
        {
            for (var each = 0; each < 64; each++)
            {
                batch.Clear();
                while (!batch.IsFull)
                    Add(row++);
                writer.Append(batch);
            }
        }
        writer.AddTotals([.. totals.Select(total => new MinuteTotal(
            0, total.Key.Minute, total.Key.Operation, Outcome.Disclosed, total.Value, 0))]);
        writer.Commit([], []);

        void Add(long number)
        {
            var time = Start.Plus(number * EventTime.Second / LinesASecond);
            var operation = (short)(1 + random.Next(2));
            var account = new SubjectId(1_000_000 + random.Next(Accounts));
            totals[(time.MinuteNumber, operation)] = totals.GetValueOrDefault((time.MinuteNumber, operation)) + 1;
            batch.Add(new AccessRecord
            {
                Time = time,
                Offset = number * 237,
                Operation = operation,
                Kind = RecordKind.Access,
                Outcome = Outcome.Disclosed,
                Status = 200,
                Credential = (ulong)random.NextInt64(),
                Account = account,
                Subject = account,
                Bytes = random.Next(4000),
                Client = clients[random.Next(Clients)],
                Method = method,
            }, network);
        }
    }

    private static long Size(string folder) => !Directory.Exists(folder) ? 0
        : new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
