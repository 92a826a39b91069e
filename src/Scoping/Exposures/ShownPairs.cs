namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The pairs of operation and fields that were met, numbered in the order in which the threads met them: nothing that
/// goes out may depend on the numbers.
/// </summary>
internal sealed class ShownPairs
{
    private readonly Dictionary<(string Operation, string Fields), int> _numbers = [];
    private readonly Lock _lock = new();

    public int NumberOf(string operation, string fields)
    {
        lock (_lock)
        {
            if (_numbers.TryGetValue((operation, fields), out var number))
                return number;
            if (_numbers.Count == ushort.MaxValue)
                throw new NotSupportedException("more than 65,535 operations and their fields in one scope");
            return _numbers[(operation, fields)] = _numbers.Count;
        }
    }

    public IReadOnlyList<(string Operation, string Fields)> All =>
        [.. _numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
}
