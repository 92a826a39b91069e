namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The pairs of operation and fields that were met, numbered in the order in which the threads met them: nothing that
/// goes out may depend on the numbers.
/// </summary>
internal sealed class ShownPairs(int most)
{
    private readonly Dictionary<(string Operation, string Fields), int> _numbers = [];
    private readonly Lock _lock = new();

    /// <summary>Whether there were more than there are numbers; then all numbers mean nothing.</summary>
    public bool IsTooMany { get; private set; }

    public int NumberOf(string operation, string fields)
    {
        lock (_lock)
        {
            if (_numbers.TryGetValue((operation, fields), out var number))
                return number;
            IsTooMany |= _numbers.Count == most;
            return IsTooMany ? 0 : _numbers[(operation, fields)] = _numbers.Count;
        }
    }

    public IReadOnlyList<(string Operation, string Fields)> All =>
        [.. _numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
}
