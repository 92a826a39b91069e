using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// The records of one UTC day that wait for their segment, in columns, in the order in which they came.
/// </summary>
internal sealed class RowBuffer
{
    private const int FirstCapacity = 1 << 13;
    private int _capacity;

    public int Day { get; set; }
    public int Count { get; private set; }
    public long[] Time { get; private set; } = [];
    public long[] Offset { get; private set; } = [];
    public long[] Credential { get; private set; } = [];
    public long[] Account { get; private set; } = [];
    public long[] Subject { get; private set; } = [];
    public long[] Bytes { get; private set; } = [];
    public long[] Rows { get; private set; } = [];
    public int[] File { get; private set; } = [];
    public int[] Client { get; private set; } = [];
    public int[] Network { get; private set; } = [];
    public int[] Agent { get; private set; } = [];
    public int[] Key { get; private set; } = [];
    public int[] Principal { get; private set; } = [];
    public int[] Method { get; private set; } = [];
    public ReadOnlyMemory<byte>[] Request { get; private set; } = [];
    public int[] Traits { get; private set; } = [];
    public short[] Stream { get; private set; } = [];
    public short[] Operation { get; private set; } = [];
    public short[] Status { get; private set; } = [];
    public byte[] Outcome { get; private set; } = [];

    public void Clear()
    {
        Array.Clear(Request, 0, Count);
        Count = 0;
    }

    /// <summary>Takes the rows of a batch that have these numbers.</summary>
    public void Add(AccessBatch batch, ReadOnlySpan<int> rows, int limit)
    {
        if (Count + rows.Length > _capacity)
            Grow(Math.Min(limit, Math.Max(FirstCapacity, _capacity * 2)));
        Take(MemoryMarshal.Cast<EventTime, long>(batch.Time), rows, Time);
        Take(batch.Offset, rows, Offset);
        Take(MemoryMarshal.Cast<ulong, long>(batch.Credential), rows, Credential);
        Take(MemoryMarshal.Cast<SubjectId, long>(batch.Account), rows, Account);
        Take(MemoryMarshal.Cast<SubjectId, long>(batch.Subject), rows, Subject);
        Take(batch.Bytes, rows, Bytes);
        Take(batch.Rows, rows, Rows);
        Take(batch.File, rows, File);
        Take(MemoryMarshal.Cast<Symbol, int>(batch.Client), rows, Client);
        Take(MemoryMarshal.Cast<Symbol, int>(batch.Network), rows, Network);
        Take(MemoryMarshal.Cast<Symbol, int>(batch.Agent), rows, Agent);
        Take(MemoryMarshal.Cast<Symbol, int>(batch.Key), rows, Key);
        Take(MemoryMarshal.Cast<Symbol, int>(batch.Principal), rows, Principal);
        Take(MemoryMarshal.Cast<Symbol, int>(batch.Method), rows, Method);
        Take<ReadOnlyMemory<byte>>(batch.Request, rows, Request);
        Take(MemoryMarshal.Cast<Trait, int>(batch.Traits), rows, Traits);
        Take(batch.Stream, rows, Stream);
        Take(batch.Operation, rows, Operation);
        Take(batch.Status, rows, Status);
        Take(MemoryMarshal.Cast<Outcome, byte>(batch.Outcome), rows, Outcome);
        Count += rows.Length;
    }

    private void Take<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> rows, T[] to)
    {
        var into = to.AsSpan(Count, rows.Length);
        for (var i = 0; i < rows.Length; i++)
            into[i] = from[rows[i]];
    }

    private void Grow(int capacity)
    {
        _capacity = capacity;
        (Time, Offset) = (Larger(Time), Larger(Offset));
        (Credential, Account, Subject) = (Larger(Credential), Larger(Account), Larger(Subject));
        (Bytes, Rows, File, Client) = (Larger(Bytes), Larger(Rows), Larger(File), Larger(Client));
        (Network, Agent, Key) = (Larger(Network), Larger(Agent), Larger(Key));
        (Principal, Method, Request) = (Larger(Principal), Larger(Method), Larger(Request));
        (Traits, Stream, Operation) = (Larger(Traits), Larger(Stream), Larger(Operation));
        (Status, Outcome) = (Larger(Status), Larger(Outcome));
    }

    private T[] Larger<T>(T[] column)
    {
        var larger = RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            ? new T[_capacity]
            : GC.AllocateUninitializedArray<T>(_capacity);
        column.AsSpan(0, Count).CopyTo(larger);
        return larger;
    }
}
