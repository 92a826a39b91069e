using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Ledger.Tests;

/// <summary>Synthetic material.</summary>
internal static class Some
{
    public static readonly EventTime Noon = Time("2025-04-14T12:00:00Z");

    /// <summary>A key that signs nothing but tests.</summary>
    public static readonly LedgerOptions Options = new() { Signer = new FixedSigner(7) };

    public static EventTime Time(string text) =>
        EventTime.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    public static Catalog Catalog()
    {
        var catalog = new Catalog(
        [
            new Operation("profile", [new DataCategory("name"), new DataCategory("email")]),
            new Operation("addresses", [new DataCategory("name"), new DataCategory("address")], Others: 20),
        ]);
        var gateway = catalog.AddSource("gateway");
        catalog.AddFile(catalog.AddStream(gateway, "gw1"), "logs/gw1-20250414.log");
        catalog.AddFile(catalog.AddStream(gateway, "gw2"), "logs/gw2-20250414.log");
        return catalog;
    }

    public static AccessRecord Access(Catalog catalog, EventTime time, long offset = 0, long subject = 1) => new()
    {
        Time = time,
        Offset = offset,
        Operation = 1,
        Kind = RecordKind.Access,
        Outcome = Outcome.Disclosed,
        Status = 200,
        Account = SubjectId.None,
        Subject = new SubjectId(subject),
        Bytes = 512,
        Client = catalog.Symbols.Intern("192.0.2.7"),
        Method = catalog.Symbols.Intern("GET"),
    };

    public static AccessBatch Batch(Catalog catalog, params IEnumerable<AccessRecord> records)
    {
        var batch = new AccessBatch();
        foreach (var record in records)
            batch.Add(record, catalog.Symbols.Intern("192.0.2.0/24"));
        return batch;
    }

    /// <summary>Records with the totals that a scan would write beside them.</summary>
    public static void Keep(LedgerWriter writer, Catalog catalog, params IReadOnlyList<AccessRecord> records)
    {
        writer.Append(Batch(catalog, records));
        writer.AddTotals([.. records.DistinctBy(record => (record.File, record.Offset, record.Time))
            .Select(record => new MinuteTotal(
                record.Stream, record.Time.MinuteNumber, record.Operation, record.Outcome, 1, 512))]);
    }

    public static SourceEntry Source(string sha256 = "aa", long size = 100) => new(
        "gateway", "gw1", "logs/gw1-20250414.log", size, sha256, 10, 8, 1, 1, Noon, Noon.Plus(EventTime.Hour), false);

    public static Finding Finding(string id, string title = "Somebody read what is not theirs") => new()
    {
        Id = id,
        Kind = FindingKind.Access,
        Detector = "breadth",
        Severity = Severity.High,
        Raised = Noon.Plus(123_456),
        First = Noon,
        Last = Noon.Plus(EventTime.Hour),
        Title = title,
        Why = "열 배 \"more\" people than <its> peers & friends",
        ActorKind = "client",
        ActorValue = "192.0.2.7",
        Where = "client = '192.0.2.7'",
        Technique = "T1530",
        Samples = [new RecordLocation("logs/gw1-20250414.log", 77)],
        Evidence = [new Evidence("people an hour", "400", "at most 12")],
    };
}

/// <summary>Signs with a key that everybody knows.</summary>
internal sealed class FixedSigner(byte seed) : ILedgerSigner
{
    private readonly byte[] _seed = [.. Enumerable.Repeat(seed, 32)];

    public ReadOnlyMemory<byte> PublicKey
    {
        get
        {
            using var key = Ed25519.Import(_seed);
            return Ed25519.PublicOf(key);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        using var key = Ed25519.Import(_seed);
        return Ed25519.Sign(key, message);
    }
}
