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

    internal static IReadOnlyList<TableColumn> Of(RowBuffer rows, int[] order, SegmentNames names, TableScratch scratch)
    {
        LongColumn Long(string name, long[] values, long? absent) =>
            new(name, scratch, (start, into) => Gather(values, order, start, into)) { Absent = absent };
        FillKeys Number(short[] values) => (start, into) => GatherAbove(values, order, start, into);
        TextColumn Symbol(string name, int[] keys) =>
            new(name, scratch, (start, into) => Gather(keys, order, start, into), names.Symbol)
            {
                DictionaryShare = TextShare,
                Warm = names.Warm,
            };
        return
        [
            new LongColumn("time", scratch, (start, into) => Gather(rows.Time, order, start, into))
            {
                Logical = LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Micros), Statistics = true, Level = 3,
            },
            Text("source", Number(rows.Stream), names.Source, true, scratch),
            Text("stream", Number(rows.Stream), names.Stream, true, scratch),
            Text("file", (start, into) => GatherAbove(rows.File, order, start, into), names.File, true, scratch),
            Long("offset", rows.Offset, null),
            Text("request", (start, into) => Rows(rows.Request, order, start, into), row => rows.Request[row - 1].Span,
                false, scratch),
            Symbol("client", rows.Client),
            Text("network", (start, into) => Networks(rows, names, order, start, into),
                key => key < 0 ? default : names.Symbol(key), false, scratch),
            Symbol("agent", rows.Agent),
            new LongColumn("credential", scratch, (start, into) => Gather(rows.Credential, order, start, into))
            {
                Absent = 0, Logical = LogicalType.Int(64, isSigned: false), Statistics = true,
                Otherwise = ParquetSharp.Encoding.Plain, DictionaryShare = 0.9,
            },
            Symbol("key", rows.Key),
            Symbol("principal", rows.Principal),
            Subject("account", rows.Account, order, scratch),
            Subject("subject", rows.Subject, order, scratch),
            Text("operation", Number(rows.Operation), names.Operation, false, scratch),
            Text("fields", Number(rows.Operation), names.Fields, false, scratch),
            Symbol("method", rows.Method),
            new LongColumn("status", scratch, (start, into) => Widen(rows.Status, order, start, into))
            {
                Absent = 0, Narrow = true, DictionaryShare = 1,
            },
            new LongColumn("bytes", scratch, (start, into) => Gather(rows.Bytes, order, start, into))
            {
                Absent = -1, DictionaryShare = 1.0 / 32,
            },
            Text("outcome", (start, into) => GatherAbove(rows.Outcome, order, start, into), SegmentNames.Outcome, true,
                scratch),
            new LongColumn("traits", scratch, (start, into) => Masks(rows.Traits, order, start, into))
            {
                DictionaryShare = 1,
            },
            Long("rows", rows.Rows, 0),
        ];
    }

    private static TextColumn Text(string name, FillKeys fill, TextOfKey text, bool required, TableScratch scratch) =>
        new(name, scratch, fill, text) { Required = required, DictionaryShare = TextShare };

    private static LongColumn Subject(string name, long[] values, int[] order, TableScratch scratch) =>
        new(name, scratch, (start, into) => Gather(values, order, start, into))
        {
            Absent = SubjectId.None.Value,
            Statistics = true,
            DictionaryShare = 1.0 / 4,
        };

    private static void Gather<T>(T[] values, int[] order, int start, Span<T> into)
    {
        var rows = order.AsSpan(start, into.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = values[rows[i]];
    }

    private static void GatherAbove<T>(T[] values, int[] order, int start, Span<int> into)
        where T : System.Numerics.IBinaryInteger<T>
    {
        var rows = order.AsSpan(start, into.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = int.CreateTruncating(values[rows[i]]) + 1;
    }

    // A request id is different on every line, so that its row is its key.
    private static void Rows(ReadOnlyMemory<byte>[] texts, int[] order, int start, Span<int> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = texts[order[start + i]].IsEmpty ? 0 : order[start + i] + 1;
    }

    private static void Widen(short[] values, int[] order, int start, Span<long> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = values[order[start + i]];
    }

    private static void Masks(int[] values, int[] order, int start, Span<long> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = (uint)values[order[start + i]];
    }

    private static void Networks(RowBuffer rows, SegmentNames names, int[] order, int start, Span<int> into)
    {
        const int block = 128;
        Span<int> clients = stackalloc int[block];
        var (lastClient, lastNetwork, last) = (-1, -1, 0);
        for (; into.Length > 0; start += block)
        {
            var networks = into[..Math.Min(block, into.Length)];
            Gather(rows.Client, order, start, clients[..networks.Length]);
            Gather(rows.Network, order, start, networks);
            names.Warm(clients[..networks.Length]);
            names.Warm(networks);
            for (var i = 0; i < networks.Length; i++)
            {
                var (client, network) = (clients[i], networks[i]);
                if (client != lastClient || network != lastNetwork)
                    last = DerivedNetwork.KeyOf(names.Symbols, client, network);
                (lastClient, lastNetwork) = (client, network);
                networks[i] = last;
            }
            into = into[networks.Length..];
        }
    }
}
