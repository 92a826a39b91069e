using System.Collections;
using WhoSaw.Records;

namespace WhoSaw.Intake.Directories;

/// <summary>Accounts and their status in the order of a file, at 9 bytes each.</summary>
internal sealed class AccountRows : IReadOnlyList<(SubjectId Account, AccountStatus Status)>
{
    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private readonly List<(long[] Accounts, AccountStatus[] Statuses)> _chunks = [];

    public int Count { get; private set; }

    public (SubjectId Account, AccountStatus Status) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var (accounts, statuses) = _chunks[index >> ChunkBits];
            return (new SubjectId(accounts[index & (ChunkSize - 1)]), statuses[index & (ChunkSize - 1)]);
        }
    }

    public void Add(SubjectId account, AccountStatus status)
    {
        var at = Count & (ChunkSize - 1);
        if (at == 0)
            _chunks.Add((new long[ChunkSize], new AccountStatus[ChunkSize]));
        var (accounts, statuses) = _chunks[^1];
        (accounts[at], statuses[at]) = (account.Value, status);
        Count++;
    }

    public IEnumerator<(SubjectId Account, AccountStatus Status)> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
