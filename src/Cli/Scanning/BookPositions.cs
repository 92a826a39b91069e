using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Counts the rows of each account, in any order. A byte an account where ids are dense, in pages of 64 ids; what does
/// not fit a byte is counted apart.
/// </summary>
internal sealed class BookPositions
{
    private const int PageBits = 6;
    private readonly Dictionary<long, byte[]> _pages = [];
    private readonly Dictionary<SubjectId, int> _long = [];

    /// <summary>How many rows the account had before this one.</summary>
    public int Next(SubjectId account)
    {
        var number = account.Value >> PageBits;
        if (!_pages.TryGetValue(number, out var page))
            _pages.Add(number, page = new byte[1 << PageBits]);
        ref var rows = ref page[account.Value & ((1 << PageBits) - 1)];
        if (rows < byte.MaxValue)
            return rows++;
        var more = _long.GetValueOrDefault(account, byte.MaxValue);
        _long[account] = more + 1;
        return more;
    }
}
