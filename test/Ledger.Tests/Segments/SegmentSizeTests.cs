using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class SegmentSizeTests(ITestOutputHelper output)
{
    [Fact]
    public void A_record_takes_at_most_sixteen_bytes()
    {
        const int records = 300_000;
        var random = new Random(7);
        var catalog = new Catalog(Enumerable.Range(1, 6).Select(
            number => new Operation($"operation-{number}", [new DataCategory("name")])));
        var file = catalog.AddFile(catalog.AddStream(catalog.AddSource("gateway"), "gw1"), "logs/gw1.log");
        var clients = Enumerable.Range(0, 400_000).Select(_ => Client(catalog, random)).ToArray();
        var agents = Enumerable.Range(0, 300).Select(_ => catalog.Symbols.Intern(string.Concat(
            Enumerable.Range(0, 110).Select(_ => (char)('a' + random.Next(26)))))).ToArray();
        using var folder = new TemporaryFolder();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
        var batch = new AccessBatch();
        var (time, offset) = (Some.Time("2025-04-14T00:00:00Z"), 0L);
        for (var row = 0; row < records; row++)
        {
            time = time.Plus(random.Next(100) < 28 ? EventTime.Second : 0);
            offset += 1600 + random.Next(-800, 801);
            var (client, network) = clients[random.Next(clients.Length)];
            batch.Add(
                Some.Access(catalog, time, offset, random.Next(10_000_000)) with
                {
                    File = file,
                    Client = client,
                    Operation = (short)random.Next(1, 7),
                    Bytes = random.Next(300, 3001),
                    Agent = agents[Math.Min(299, (int)Math.Pow(300, random.NextDouble()) - 1)],
                },
                network);
            if (!batch.IsFull && row < records - 1)
                continue;
            writer.Append(batch);
            batch.Clear();
        }
        var contents = writer.Commit([], []);
        var paths = contents.Segments.Select(segment => contents.PathOf(segment.Name)).ToList();
        foreach (var column in SegmentSizes.Read(paths[0]))
            output.WriteLine($"{column.Column,-12}{column.BytesPerRecord,8:F3}  {column.Encodings}");
        var perRecord = paths.Sum(path => new FileInfo(path).Length) / (double)records;
        output.WriteLine($"{"file",-12}{perRecord,8:F3}");
        Assert.InRange(perRecord, 10, 16);
    }

    private static (Symbol, Symbol) Client(Catalog catalog, Random random)
    {
        var network = $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.";
        return (catalog.Symbols.Intern(network + random.Next(256)), catalog.Symbols.Intern(network + "0/24"));
    }
}
