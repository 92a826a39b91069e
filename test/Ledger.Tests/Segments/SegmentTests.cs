using CsCheck;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class SegmentTests
{
    private static readonly string[] Columns =
    [
        "time", "source", "stream", "file", "offset", "request", "client", "network", "agent", "credential", "key",
        "principal", "account", "subject", "operation", "fields", "method", "status", "bytes", "outcome", "traits",
        "rows",
    ];

    [Fact]
    public void Every_column_comes_back_as_it_was_given()
    {
        var catalog = Some.Catalog();
        var symbols = catalog.Symbols;
        var batch = new AccessBatch();
        batch.Add(
            new AccessRecord
            {
                Time = Some.Noon.Plus(1),
                Offset = 5_000_000_000,
                File = 1,
                Stream = 1,
                Operation = 2,
                Kind = RecordKind.Access,
                Outcome = Outcome.Absent,
                Status = 404,
                Credential = ulong.MaxValue,
                Account = new SubjectId(7),
                Subject = new SubjectId(-3),
                Bytes = 0,
                Rows = 12,
                Client = symbols.Intern("2001:db8::1"),
                Agent = symbols.Intern("브라우저/1.0 ✓"),
                Key = symbols.Intern("k-1"),
                Principal = symbols.Intern("staff-1"),
                Method = symbols.Intern("GET"),
                Request = new byte[] { 0x61, 0xFF, 0x62 },
                Traits = Trait.Borrowed | Trait.FirstPage,
            },
            symbols.Intern("2001:db8::/48"));
        using var folder = new TemporaryFolder();
        var row = Assert.Single(Written(folder, catalog, batch));
        Assert.Equal(Columns, row.Keys);
        object?[] expected =
        [
            Some.Noon.Plus(1).ToUtc().UtcDateTime, "gateway", "gw2", "logs/gw2-20250414.log", 5_000_000_000L,
            "a\uFFFDb",
            "2001:db8::1", "2001:db8::/48", "브라우저/1.0 ✓", ulong.MaxValue, "k-1", "staff-1", 7L, -3L, "addresses",
            "name,address", "GET", 404, 0L, "absent", (long)(Trait.Borrowed | Trait.FirstPage), 12L,
        ];
        Assert.Equal(expected, row.Values);
    }

    [Fact]
    public void What_is_absent_is_null()
    {
        var catalog = Some.Catalog();
        var batch = new AccessBatch();
        batch.Add(
            new AccessRecord
            {
                Time = Some.Noon,
                Kind = RecordKind.Access,
                Operation = -1,
                Account = SubjectId.None,
                Subject = SubjectId.None,
                Bytes = -1,
            },
            Symbol.None);
        using var folder = new TemporaryFolder();
        var row = Assert.Single(Written(folder, catalog, batch));
        string[] present = ["time", "source", "stream", "file", "offset", "outcome", "traits"];
        Assert.Equal(present, row.Where(each => each.Value is not null).Select(each => each.Key));
    }

    [Fact]
    public void What_is_evidence_is_kept_and_other_activity_is_not()
    {
        var catalog = Some.Catalog();
        using var folder = new TemporaryFolder();
        var batch = Some.Batch(catalog, Enum.GetValues<RecordKind>().Select(kind =>
            Some.Access(catalog, Some.Noon) with
            {
                Kind = kind,
                Operation = (short)(kind == RecordKind.Login ? 0 : 1),
            }));
        var rows = Written(folder, catalog, batch);
        var kept = Enum.GetValues<RecordKind>().Where(kind => kind.IsKept()).ToList();
        Assert.Equal(
            kept.Select(kind => kind == RecordKind.Login ? "login" : "profile"), rows.Select(row => row["operation"]));
        Assert.Equal(
            kept.Select(kind => kind == RecordKind.Login ? "" : "name,email"), rows.Select(row => row["fields"]));
    }

    [Fact]
    public void A_network_that_follows_from_the_client_is_not_stored()
    {
        var catalog = Some.Catalog();
        (string Client, string Network)[] pairs =
        [
            ("192.0.2.7", "192.0.2.0/24"), ("192.0.2.7", "192.0.0.0/16"), ("192.0.2.7", ""),
            ("2001:db8::1", "2001:db8::/48"),
            ("host.example.com", ""), ("192.0.2.7.1", "192.0.2.0/24"), ("", "192.0.2.0/24"),
        ];
        var batch = new AccessBatch();
        foreach (var (client, network) in pairs)
            batch.Add(
                Some.Access(catalog, Some.Noon, batch.Count) with { Client = catalog.Symbols.Intern(client) },
                catalog.Symbols.Intern(network));
        using var folder = new TemporaryFolder();
        Assert.Equal(
            [null, "192.0.0.0/16", "", "2001:db8::/48", null, "192.0.2.0/24", "192.0.2.0/24"],
            Written(folder, catalog, batch).Select(row => row["network"]));
    }

    [Fact]
    public void Records_are_sorted_by_time_file_and_offset_within_their_utc_day()
    {
        Gen.Select(Gen.Int[0, 3 * 24], Gen.Int[0, 1], Gen.Long[0, 5]).List[1, 300].Sample(
            rows =>
            {
                var catalog = Some.Catalog();
                using var folder = new TemporaryFolder();
                var records = rows.Select((row, index) => Some.Access(catalog, Some.Noon) with
                {
                    Time = Some.Noon.Plus(row.Item1 * EventTime.Hour),
                    File = row.Item2,
                    Offset = row.Item3,
                    Subject = new SubjectId(index),
                });
                var options = Some.Options with { RowGroupRows = 64 };
                var read = Written(folder, catalog, Some.Batch(catalog, records), options);
                var expected = rows.Select((row, index) => (row, Index: (long)index))
                    .OrderBy(each => each.row.Item1).ThenBy(each => each.row.Item2).ThenBy(each => each.row.Item3)
                    .ThenBy(each => each.Index).Select(each => each.Index);
                Assert.Equal(expected, read.Select(row => (long)row["subject"]!));
            },
            iter: 12);
    }

    [Fact]
    public void A_full_buffer_becomes_a_segment_and_none_is_larger()
    {
        var catalog = Some.Catalog();
        using var folder = new TemporaryFolder();
        var options = Some.Options with { SegmentRows = 1000, RowGroupRows = 300 };
        using var writer = LedgerWriter.Open(folder.Path, catalog, options);
        for (var batch = 0; batch < 5; batch++)
        {
            var start = batch;
            writer.Append(Some.Batch(catalog, Enumerable.Range(0, 700).Select(
                row => Some.Access(catalog, Some.Noon.Plus(start * EventTime.Minute), row, row))));
        }
        var contents = writer.Commit([], []);
        Assert.Equal([1000L, 1000, 1000, 500], contents.Segments.Select(segment => segment.Rows));
        Assert.Equal("segments/2025-04-14/000001.parquet", contents.Segments[0].Name);
        Assert.Equal(3500, contents.Segments.Sum(segment => StoredRecords.Read(contents.PathOf(segment.Name)).Count));
    }

    [Fact]
    public void Many_open_days_do_not_fill_the_memory()
    {
        var catalog = Some.Catalog();
        using var folder = new TemporaryFolder();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options with { SegmentRows = 100 });
        for (var round = 0; round < 10; round++)
            writer.Append(Some.Batch(catalog, Enumerable.Range(0, 200).Select(
                row => Some.Access(catalog, Some.Noon.Plus(row * EventTime.Day)))));
        var contents = writer.Commit([], []);
        Assert.Equal(2000, contents.Segments.Sum(segment => segment.Rows));
        Assert.Equal(200, contents.Segments.Select(segment => segment.First.DayNumber).Distinct().Count());
    }

    private static List<Dictionary<string, object?>> Written(
        TemporaryFolder folder, Catalog catalog, AccessBatch batch, LedgerOptions? options = null)
    {
        using var writer = LedgerWriter.Open(folder.Path, catalog, options ?? Some.Options);
        writer.Append(batch);
        var contents = writer.Commit([], []);
        foreach (var segment in contents.Segments)
            Assert.Equal(
                Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
                    File.ReadAllBytes(contents.PathOf(segment.Name)))),
                segment.Sha256);
        return [.. contents.Segments.SelectMany(segment => StoredRecords.Read(contents.PathOf(segment.Name)))];
    }
}
