namespace WhoSaw.Records;

public enum AccountStatus : byte
{
    Unknown,
    Active,
    Dormant,

    /// <summary>A decoy: nobody owns it, so nobody reads it by right.</summary>
    Canary,
}

/// <summary>
/// Which accounts exist and what they are: <c>account,status</c>. About 28 bytes an account, 1 to 12 where ids are
/// dense integers.
/// </summary>
public sealed class AccountDirectory
{
    private readonly Dictionary<long, AccountStatus> _sparse = [];
    private readonly byte[] _dense = [];
    private readonly long _base;

    public static readonly AccountDirectory Empty = new([]);

    /// <summary>Takes the accounts; a later entry for the same account wins.</summary>
    public AccountDirectory(IReadOnlyCollection<(SubjectId Account, AccountStatus Status)> accounts)
    {
        long low = long.MaxValue, high = long.MinValue, integers = 0;
        foreach (var (account, _) in accounts)
        {
            if (account.Value < 0)
                continue;
            integers++;
            low = Math.Min(low, account.Value);
            high = Math.Max(high, account.Value);
        }
        if (integers > 0 && high - low < Math.Max(1 << 20, integers * 12) && high - low < int.MaxValue - 64)
        {
            _base = low;
            _dense = new byte[high - low + 1];
        }
        foreach (var (account, status) in accounts)
        {
            var previous = this[account];
            Count += Listed(status) - Listed(previous);
            Canaries += Decoy(status) - Decoy(previous);
            Dormant += Asleep(status) - Asleep(previous);
            if (InDense(account.Value))
                _dense[account.Value - _base] = (byte)status;
            else
                _sparse[account.Value] = status;
        }
    }

    /// <summary>
    /// The tenants to whom accounts belong, blanks between the names of several; empty where the directory says none.
    /// </summary>
    public IReadOnlyDictionary<SubjectId, string> Owners { get; init; } = new Dictionary<SubjectId, string>();

    public int Count { get; }
    public int Canaries { get; }
    public int Dormant { get; }

    /// <summary>Unknown when the directory does not list the account.</summary>
    public AccountStatus this[SubjectId account] =>
        InDense(account.Value)
            ? (AccountStatus)_dense[account.Value - _base]
            : _sparse.GetValueOrDefault(account.Value);

    private static int Listed(AccountStatus status) => status == AccountStatus.Unknown ? 0 : 1;

    private static int Decoy(AccountStatus status) => status == AccountStatus.Canary ? 1 : 0;

    private static int Asleep(AccountStatus status) => status == AccountStatus.Dormant ? 1 : 0;

    private bool InDense(long value) => value >= _base && value - _base < _dense.Length;
}
