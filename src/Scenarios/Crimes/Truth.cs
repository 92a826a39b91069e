using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>What was taken of one account through one operation.</summary>
internal sealed class Loot
{
    public long First { get; private set; } = long.MaxValue;
    public long Last { get; private set; } = long.MinValue;
    public long Views { get; private set; }
    public long ViewsNotLogged { get; private set; }

    public void Add(long at, bool logged)
    {
        First = Math.Min(First, at);
        Last = Math.Max(Last, at);
        Views++;
        ViewsNotLogged += logged ? 0 : 1;
    }
}

/// <summary>What really happened, in the order of account and operation.</summary>
internal sealed class Truth(World world)
{
    private readonly HashSet<long> _canaries = [];
    private readonly HashSet<long> _absent = [];

    /// <summary>Decoys are not in it: nobody's data was taken.</summary>
    public SortedDictionary<(long Account, string Operation), Loot> Exposed { get; } = [];

    public long First { get; private set; } = long.MaxValue;
    public long Last { get; private set; } = long.MinValue;
    public long CanariesTouched => _canaries.Count;
    public long AbsentTried => _absent.Count;

    /// <summary>What gives the crime away: values of columns by their name.</summary>
    public SortedDictionary<string, IReadOnlyCollection<string>> Indicators { get; } = [];

    /// <summary>Takes a request of the crime and says what came of it.</summary>
    public void Add(in Request request)
    {
        if (request.Page.Operation() is not { } operation)
            return;
        var id = request.Page == Page.Orders ? request.Account : request.Target;
        if (request.Status == 404)
            _absent.Add(id);
        if (request.Status != 200)
            return;
        var shown = world.Nodes.Shown(request.Node, request.At);
        First = Math.Min(First, shown);
        Last = Math.Max(Last, shown);
        if (world.Ids.IsCanary(id))
            _canaries.Add(id);
        else
            Add(id, operation, shown, !world.Nodes.IsLost(request.Node, request.At));
    }

    public void Add(long id, string operation, long at, bool logged)
    {
        First = Math.Min(First, at);
        Last = Math.Max(Last, at);
        if (!Exposed.TryGetValue((id, operation), out var loot))
            Exposed.Add((id, operation), loot = new Loot());
        loot.Add(at, logged);
    }

    /// <summary>Everybody whose data was shown: holders, and the address books of accounts whose books were.</summary>
    public long People()
    {
        var people = new HashSet<long>();
        Span<long> book = stackalloc long[Members.LongestBook];
        foreach (var ((id, operation), _) in Exposed)
        {
            var account = world.Ids.AccountOf(id);
            if (account < 0)
                continue;
            var count = world.Members.People(account, book);
            people.Add(account);
            if (operation is "addresses" or "deliveries")
                people.UnionWith(book[..count].ToArray());
        }
        return people.Count;
    }
}
