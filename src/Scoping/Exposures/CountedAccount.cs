namespace WhoSaw.Scoping.Exposures;

/// <summary>One exposure of an account: the pairs of one operation taken together.</summary>
internal record struct CountedExposure(int Operation, long Mask, long First, long Last, long Views);

/// <summary>Reads accounts out of a part, one after another; reused.</summary>
internal sealed class CountedAccount(PairCatalog pairs)
{
    private readonly List<CountedExposure> _exposures = [];

    public long Subject { get; private set; }
    public long Mask { get; private set; }

    /// <summary>What operations that can show others have shown.</summary>
    public long OthersMask { get; private set; }
    public long Others { get; private set; }

    /// <summary>By operation.</summary>
    public IReadOnlyList<CountedExposure> Exposures => _exposures;

    public void Read(ExposurePart part, int head)
    {
        Subject = part.Cells[head].Subject;
        (Mask, OthersMask, Others) = (0, 0, 0);
        _exposures.Clear();
        for (var number = head; number != 0; number = part.Cells[number].Next)
        {
            ref var cell = ref part.Cells[number];
            var (mask, others) = (pairs.Mask[cell.Pair], pairs.Others[cell.Pair]);
            Mask |= mask;
            OthersMask |= others > 0 ? mask : 0;
            Others = Math.Max(Others, others);
            Add(new CountedExposure(pairs.Operation[cell.Pair], mask, cell.First, cell.Last, part.ViewsOf(number)));
        }
    }

    private void Add(CountedExposure exposure)
    {
        var at = 0;
        while (at < _exposures.Count && _exposures[at].Operation < exposure.Operation)
            at++;
        if (at == _exposures.Count || _exposures[at].Operation != exposure.Operation)
        {
            _exposures.Insert(at, exposure);
            return;
        }
        var known = _exposures[at];
        _exposures[at] = known with
        {
            Mask = known.Mask | exposure.Mask,
            First = Math.Min(known.First, exposure.First),
            Last = Math.Max(known.Last, exposure.Last),
            Views = known.Views + exposure.Views,
        };
    }
}
