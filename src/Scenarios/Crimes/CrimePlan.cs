using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>A pass that the issuer gave to somebody of the crime.</summary>
internal readonly record struct IssuedPass(long At, ulong Session, long Account, byte Key, uint Client);

/// <summary>A log that only this scenario has, and the entry that names it in the configuration.</summary>
internal sealed record ExtraLog(string Path, Func<Stream, long> Write);

/// <summary>Everything that a scenario adds to an ordinary world, decided before a line is written.</summary>
internal sealed class CrimePlan(World world)
{
    private const int PackBits = 16;
    private const int PackMask = (1 << PackBits) - 1;

    private readonly RequestList _open = new();
    private readonly List<Request[]> _packs = [];
    private int[] _order = [];
    private IssuedPass[] _issued = [];
    private readonly List<IssuedPass> _passes = [];

    public Truth Truth { get; } = new(world);
    public List<ExtraLog> Extras { get; } = [];

    /// <summary>The principal to whom an account belongs; null where there are no tenants.</summary>
    public Func<long, int>? OwnerOf { get; set; }

    /// <summary>Entries of <c>sources</c> and <c>routes</c> that the scenario's logs need.</summary>
    public List<string> SourceEntries { get; } = [];
    public List<string> RouteEntries { get; } = [];

    /// <summary>Entries of <c>tables</c>.</summary>
    public List<string> TableEntries { get; } = [];

    public int Count { get; private set; }

    /// <summary>Where a request is filled in; <see cref="Took"/> must follow when it is a part of the crime.</summary>
    public ref Request Ask()
    {
        // no list grows by copying itself: a large theft is half of the memory
        if (_open.Count > PackMask)
            Pack();
        Count++;
        return ref _open.Add();
    }

    /// <summary>The last request is a part of the crime.</summary>
    public void Took() => Truth.Add(_open[_open.Count - 1]);

    public void Add(IssuedPass pass) => _passes.Add(pass);

    /// <summary>Nothing is added any more.</summary>
    public void Close()
    {
        Pack();
        var order = new int[Count];
        var kept = 0;
        for (var place = 0; place < Count; place++)
            if (At(place).At >= 0 && At(place).At < world.End)
                order[kept++] = place;
        Array.Resize(ref order, kept);
        Array.Sort(order, (a, b) => (At(a).At, a).CompareTo((At(b).At, b)));
        _order = order;
        _issued = [.. _passes.OrderBy(pass => pass.At)];
    }

    /// <summary>The requests of a stretch of time, for the log of their day.</summary>
    public void Add(long from, long to, RequestList into)
    {
        for (var i = FirstAt(from); i < _order.Length && At(_order[i]).At < to; i++)
            into.Add() = At(_order[i]);
    }

    public IEnumerable<IssuedPass> Issued(long from, long to) => _issued.Where(pass => pass.At >= from && pass.At < to);

    private void Pack()
    {
        _packs.Add(_open.ToArray());
        _open.Clear();
    }

    private ref readonly Request At(int place) => ref _packs[place >> PackBits][place & PackMask];

    private int FirstAt(long from)
    {
        var (low, high) = (0, _order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(_order[middle]).At < from)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
