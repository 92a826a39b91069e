using System.Runtime.InteropServices;
using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Crimes;

/// <summary>What was taken of one account through one operation.</summary>
internal record struct Loot(long First, long Last, int Views, int ViewsNotLogged)
{
    public void Add(long at, bool logged)
    {
        First = Views == 0 ? at : Math.Min(First, at);
        Last = Views == 0 ? at : Math.Max(Last, at);
        Views++;
        ViewsNotLogged += logged ? 0 : 1;
    }
}

/// <summary>What really happened. Its sums are whole when all of the crime was added.</summary>
internal sealed class Truth(World world)
{
    private readonly HashSet<long> _canaries = [];
    private readonly HashSet<long> _absent = [];
    private readonly List<string> _operations = [];
    private readonly Dictionary<(long Account, int Operation), Loot> _exposed = [];

    public long First { get; private set; } = long.MaxValue;
    public long Last { get; private set; } = long.MinValue;
    public long CanariesTouched => _canaries.Count;
    public long AbsentTried => _absent.Count;

    /// <summary>Whose data was taken, in the order of account and operation. Decoys are not in it.</summary>
    public IEnumerable<(long Account, string Operation, Loot Loot)> Exposed()
    {
        var keys = _exposed.Keys.ToArray();
        Array.Sort(keys, (a, b) => a.Account != b.Account ? a.Account.CompareTo(b.Account)
            : string.CompareOrdinal(_operations[a.Operation], _operations[b.Operation]));
        return keys.Select(key => (key.Account, _operations[key.Operation], _exposed[key]));
    }

    public long Accounts => _exposed.Keys.Select(key => key.Account).Distinct().LongCount();

    public long AccountsLogged => _exposed.Where(entry => entry.Value.Views > entry.Value.ViewsNotLogged)
        .Select(entry => entry.Key.Account).Distinct().LongCount();

    public long Views => _exposed.Values.Sum(loot => (long)loot.Views);
    public long ViewsNotLogged => _exposed.Values.Sum(loot => (long)loot.ViewsNotLogged);

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
        var number = _operations.IndexOf(operation);
        if (number < 0)
        {
            number = _operations.Count;
            _operations.Add(operation);
        }
        CollectionsMarshal.GetValueRefOrAddDefault(_exposed, (id, number), out _).Add(at, logged);
    }

    /// <summary>Everybody whose data was shown: holders, and the address books of accounts whose books were.</summary>
    public long People()
    {
        var people = new HashSet<long>();
        Span<long> book = stackalloc long[Members.LongestBook];
        foreach (var (id, number) in _exposed.Keys)
        {
            var account = world.Ids.AccountOf(id);
            if (account < 0)
                continue;
            people.Add(account);
            if (_operations[number] is not ("addresses" or "deliveries"))
                continue;
            foreach (var person in book[..world.Members.People(account, book)])
                people.Add(person);
        }
        return people.Count;
    }
}
