using ParquetSharp;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>The columns of a segment and how each is stored (docs/formats/segment.md; keep in sync).</summary>
public static class SegmentColumns
{
    /// <summary>
    /// The network of a record in DuckDB's SQL, over the stored columns <c>network</c> and <c>client</c>. A segment
    /// stores null where the network is the client's IPv4 /24, and an empty text where such a client has none.
    /// </summary>
    public const string NetworkSql =
        @"CASE WHEN network IS NOT NULL THEN nullif(network, '') "
        + @"WHEN regexp_full_match(client, '[0-9]{1,3}([.][0-9]{1,3}){3}') "
        + @"THEN regexp_replace(client, '[0-9]+$', '0/24') END";

    private const double TextShare = 0.6;

    internal static IReadOnlyList<TableColumn> Of(ISegmentRows rows, TableScratch scratch)
    {
        LongColumn Long(string name) => new(name, scratch, rows.Longs(name));
        TextColumn Text(string name, bool required) =>
            new(name, scratch, rows.Keys(name), rows.Texts(name)) { Required = required, DictionaryShare = TextShare };
        TextColumn Symbol(string name) => new(name, scratch, rows.Keys(name), rows.Texts(name))
        {
            DictionaryShare = TextShare,
            Warm = rows.Warm,
        };
        LongColumn Subject(string name) => new(name, scratch, rows.Longs(name))
        {
            Absent = SubjectId.None.Value,
            Statistics = true,
            DictionaryShare = 1.0 / 4,
        };
        return
        [
            new LongColumn("time", scratch, rows.Longs("time"))
            {
                Logical = LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Micros), Statistics = true, Level = 3,
            },
            Text("source", required: true),
            Text("stream", required: true),
            Text("file", required: true),
            Long("offset"),
            Text("request", required: false),
            Symbol("client"),
            Text("network", required: false),
            Symbol("agent"),
            new LongColumn("credential", scratch, rows.Longs("credential"))
            {
                Absent = 0, Logical = LogicalType.Int(64, isSigned: false), Statistics = true,
                Otherwise = ParquetSharp.Encoding.Plain, DictionaryShare = 0.9,
            },
            Symbol("key"),
            Symbol("principal"),
            Subject("account"),
            Subject("subject"),
            Text("operation", required: false),
            Text("fields", required: false),
            Symbol("method"),
            new LongColumn("status", scratch, rows.Longs("status"))
            {
                Absent = 0, Narrow = true, DictionaryShare = 1,
            },
            new LongColumn("bytes", scratch, rows.Longs("bytes")) { Absent = -1, DictionaryShare = 1.0 / 32 },
            Text("outcome", required: true),
            new LongColumn("traits", scratch, rows.Longs("traits")) { DictionaryShare = 1 },
            new LongColumn("rows", scratch, rows.Longs("rows")) { Absent = 0 },
        ];
    }

    /// <summary>What stands for no value, as <see cref="ISegmentRows.Longs"/> gives it.</summary>
    internal static long AbsentOf(string column) => column switch
    {
        "account" or "subject" => SubjectId.None.Value,
        "bytes" => -1,
        _ => 0,
    };
}

/// <summary>Rows of a segment that is about to be written, column by column, in its order.</summary>
internal interface ISegmentRows
{
    /// <summary>Brings the texts of keys near; null where they lie near.</summary>
    WarmKeys? Warm { get; }

    FillLongs Longs(string column);

    FillKeys Keys(string column);

    TextOfKey Texts(string column);
}
