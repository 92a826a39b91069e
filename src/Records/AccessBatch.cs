namespace WhoSaw.Records;

/// <summary>
/// Up to <see cref="Capacity"/> records in columns, in the order of the merge: by event time, but for late rows. The
/// numbers are those of one <see cref="Catalog"/>. Owned by one room at a time; the host passes it on.
/// </summary>
public sealed class AccessBatch
{
    public const int Capacity = 8192;

    public int Count { get; private set; }
    public EventTime[] Time { get; } = new EventTime[Capacity];
    public short[] Stream { get; } = new short[Capacity];
    public int[] File { get; } = new int[Capacity];
    public long[] Offset { get; } = new long[Capacity];
    public RecordKind[] Kind { get; } = new RecordKind[Capacity];
    public Outcome[] Outcome { get; } = new Outcome[Capacity];
    public short[] Operation { get; } = new short[Capacity];
    public short[] Status { get; } = new short[Capacity];
    public ulong[] Credential { get; } = new ulong[Capacity];
    public SubjectId[] Account { get; } = new SubjectId[Capacity];
    public SubjectId[] Subject { get; } = new SubjectId[Capacity];
    public long[] Bytes { get; } = new long[Capacity];
    public long[] Rows { get; } = new long[Capacity];
    public EventTime[] Expires { get; } = new EventTime[Capacity];
    public Symbol[] Client { get; } = new Symbol[Capacity];

    /// <summary>The client's /24 (IPv4), /48 (IPv6) or configured network.</summary>
    public Symbol[] Network { get; } = new Symbol[Capacity];
    public Symbol[] Agent { get; } = new Symbol[Capacity];
    public Symbol[] Key { get; } = new Symbol[Capacity];
    public Symbol[] Principal { get; } = new Symbol[Capacity];
    public Symbol[] Method { get; } = new Symbol[Capacity];
    public Symbol[] Target { get; } = new Symbol[Capacity];
    public ReadOnlyMemory<byte>[] Request { get; } = new ReadOnlyMemory<byte>[Capacity];

    /// <summary>Set by detection before the ledger writes the batch.</summary>
    public Trait[] Traits { get; } = new Trait[Capacity];

    public bool IsFull => Count == Capacity;

    public void Clear()
    {
        Array.Clear(Request, 0, Count);
        Count = 0;
    }

    /// <summary>Appends a row; the batch must not be full.</summary>
    public void Add(in AccessRecord record, Symbol network)
    {
        var row = Count++;
        Time[row] = record.Time;
        Stream[row] = record.Stream;
        File[row] = record.File;
        Offset[row] = record.Offset;
        Kind[row] = record.Kind;
        Outcome[row] = record.Outcome;
        Operation[row] = record.Operation;
        Status[row] = record.Status;
        Credential[row] = record.Credential;
        Account[row] = record.Account;
        Subject[row] = record.Subject;
        Bytes[row] = record.Bytes;
        Rows[row] = record.Rows;
        Expires[row] = record.Expires;
        Client[row] = record.Client;
        Network[row] = network;
        Agent[row] = record.Agent;
        Key[row] = record.Key;
        Principal[row] = record.Principal;
        Method[row] = record.Method;
        Target[row] = record.Target;
        Request[row] = record.Request;
        Traits[row] = record.Traits;
    }
}
