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
    private readonly RequestList _list = new();
    private Request[] _requests = [];
    private IssuedPass[] _issued = [];
    private readonly List<IssuedPass> _passes = [];

    public Truth Truth { get; } = new(world);
    public List<ExtraLog> Extras { get; } = [];

    /// <summary>The principal to whom an account belongs; null where there are no tenants.</summary>
    public Func<long, int>? OwnerOf { get; set; }

    /// <summary>Entries of <c>sources</c> and <c>routes</c> that the scenario's logs need.</summary>
    public List<string> SourceEntries { get; } = [];
    public List<string> RouteEntries { get; } = [];

    /// <summary>Where a request is filled in; <see cref="Took"/> or <see cref="Asked"/> must follow.</summary>
    public RequestList Requests => _list;

    public int Count => _list.Count;

    /// <summary>The last request is a part of the crime.</summary>
    public void Took() => Truth.Add(_list[_list.Count - 1]);

    public void Add(IssuedPass pass) => _passes.Add(pass);

    /// <summary>Nothing is added any more.</summary>
    public void Close()
    {
        var requests = Enumerable.Range(0, _list.Count).Select(i => _list[i]).Where(r => r.At >= 0 && r.At < world.End);
        _requests = [.. requests.OrderBy(request => request.At)];
        _issued = [.. _passes.OrderBy(pass => pass.At)];
    }

    /// <summary>The requests of a stretch of time, for the log of their day.</summary>
    public void Add(long from, long to, RequestList into)
    {
        for (var i = FirstAt(from); i < _requests.Length && _requests[i].At < to; i++)
            into.Add() = _requests[i];
    }

    public IEnumerable<IssuedPass> Issued(long from, long to) => _issued.Where(pass => pass.At >= from && pass.At < to);

    private int FirstAt(long from)
    {
        var (low, high) = (0, _requests.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_requests[middle].At < from)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
