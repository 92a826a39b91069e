namespace WhoSaw.Scoping.Exposures;

/// <summary>The numbers over all accounts; sums of parts may be added in any order.</summary>
internal sealed class ExposureSums(PairCatalog pairs)
{
    private readonly (long Accounts, long Views, long Mask)[] _operations = new (long, long, long)[pairs.Names.Count];
    private readonly long[] _categories = new long[pairs.Fields.Categories.Count];
    private long _accounts;
    private long _views;
    private long _peopleAtMost;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public IReadOnlyList<long> ByCategory => _categories;

    public void Add(ExposurePart part)
    {
        var account = new CountedAccount(pairs);
        for (var number = 1; number <= part.Cells.Count; number++)
        {
            ref readonly var cell = ref part.Cells[number];
            if (!cell.IsHead)
                continue;
            if (cell.Next != 0)
            {
                account.Read(part, number);
                Add(account);
                continue;
            }
            AddAccount(pairs.Mask[cell.Pair], pairs.Others[cell.Pair]);
            Add(new CountedExposure(pairs.Operation[cell.Pair], pairs.Mask[cell.Pair], cell.First, cell.Last,
                part.ViewsOf(number)));
        }
    }

    private void Add(CountedAccount account)
    {
        AddAccount(account.Mask, account.Others);
        foreach (var exposure in account.Exposures)
            Add(exposure);
    }

    private void AddAccount(long categories, long others)
    {
        _accounts++;
        _peopleAtMost += 1 + others;
        for (var mask = categories; mask != 0; mask &= mask - 1)
            _categories[System.Numerics.BitOperations.TrailingZeroCount(mask)]++;
    }

    private void Add(in CountedExposure exposure)
    {
        _views += exposure.Views;
        _first = Math.Min(_first, exposure.First);
        _last = Math.Max(_last, exposure.Last);
        ref var operation = ref _operations[exposure.Operation];
        operation.Accounts++;
        operation.Views += exposure.Views;
        operation.Mask |= exposure.Mask;
    }

    public ExposureSums Add(ExposureSums other)
    {
        (_accounts, _views) = (_accounts + other._accounts, _views + other._views);
        _peopleAtMost += other._peopleAtMost;
        (_first, _last) = (Math.Min(_first, other._first), Math.Max(_last, other._last));
        for (var i = 0; i < _categories.Length; i++)
            _categories[i] += other._categories[i];
        for (var i = 0; i < _operations.Length; i++)
        {
            var (mine, its) = (_operations[i], other._operations[i]);
            _operations[i] = (mine.Accounts + its.Accounts, mine.Views + its.Views, mine.Mask | its.Mask);
        }
        return this;
    }

    public ExposureTotals Totals(long decoysTouched) => new(
        _accounts, _views, _accounts == 0 ? null : _first, _accounts == 0 ? null : _last, decoysTouched, _peopleAtMost);

    public OperationTotal Operation(string name, int index) =>
        new(name, _operations[index].Accounts, _operations[index].Views, _operations[index].Mask);
}
