namespace WhoSaw.Ledger;

/// <summary>The rows of a buffer in the order of their segment.</summary>
internal sealed class BufferedRows(RowBuffer rows, int[] order, SegmentNames names) : ISegmentRows
{
    public WarmKeys? Warm => names.Warm;

    public FillLongs Longs(string column) => column switch
    {
        "time" => Of(rows.Time),
        "offset" => Of(rows.Offset),
        "credential" => Of(rows.Credential),
        "account" => Of(rows.Account),
        "subject" => Of(rows.Subject),
        "status" => Statuses,
        "bytes" => Of(rows.Bytes),
        "rows" => Of(rows.Rows),
        "traits" => Masks,
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    public FillKeys Keys(string column) => column switch
    {
        "source" or "stream" => (start, into) => GatherAbove(rows.Stream, start, into),
        "file" => (start, into) => GatherAbove(rows.File, start, into),
        "request" => Requests,
        "client" => Of(rows.Client),
        "network" => Networks,
        "agent" => Of(rows.Agent),
        "key" => Of(rows.Key),
        "principal" => Of(rows.Principal),
        "operation" or "fields" => (start, into) => GatherAbove(rows.Operation, start, into),
        "method" => Of(rows.Method),
        "outcome" => (start, into) => GatherAbove(rows.Outcome, start, into),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    public TextOfKey Texts(string column) => column switch
    {
        "source" => names.Source,
        "stream" => names.Stream,
        "file" => names.File,
        "request" => row => rows.Request[row - 1].Span,
        "network" => key => key < 0 ? default : names.Symbol(key),
        "operation" => names.Operation,
        "fields" => names.Fields,
        "outcome" => SegmentNames.Outcome,
        _ => names.Symbol,
    };

    private FillLongs Of(long[] values) => (start, into) => Gather(values, start, into);

    private FillKeys Of(int[] values) => (start, into) => Gather(values, start, into);

    private void Gather<T>(T[] values, int start, Span<T> into)
    {
        var rows = order.AsSpan(start, into.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = values[rows[i]];
    }

    private void GatherAbove<T>(T[] values, int start, Span<int> into)
        where T : System.Numerics.IBinaryInteger<T>
    {
        var rows = order.AsSpan(start, into.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = int.CreateTruncating(values[rows[i]]) + 1;
    }

    // A request id is different on every line, so that its row is its key.
    private void Requests(int start, Span<int> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = rows.Request[order[start + i]].IsEmpty ? 0 : order[start + i] + 1;
    }

    private void Statuses(int start, Span<long> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = rows.Status[order[start + i]];
    }

    private void Masks(int start, Span<long> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = (uint)rows.Traits[order[start + i]];
    }

    private void Networks(int start, Span<int> into)
    {
        const int block = 128;
        Span<int> clients = stackalloc int[block];
        var (lastClient, lastNetwork, last) = (-1, -1, 0);
        for (; into.Length > 0; start += block)
        {
            var networks = into[..Math.Min(block, into.Length)];
            Gather(rows.Client, start, clients[..networks.Length]);
            Gather(rows.Network, start, networks);
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
