using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// One autonomous system: the people whom its sessions read beside their own accounts, and these accounts, for a large
/// carrier has many of both. Both have the same open windows.
/// </summary>
internal sealed class SystemReader
{
    private const int MostNetworks = 1 << 14;
    private const int NetworkBytes = 32;

    // Of the windows above the floor those are kept in which most was read for the accounts that came.
    private const int MostWindows = 64;
    private const int WindowBytes = 1500;

    private static readonly int[] NoFloors = [.. Enumerable.Repeat(int.MaxValue, Spans.Count)];

    private readonly KnownReader _people;
    private readonly KnownReader _accounts;
    private readonly HashSet<Symbol> _networks = [];
    private readonly List<Window>[] _above = [.. Enumerable.Range(0, Spans.Count).Select(_ => new List<Window>())];
    private readonly Sums[] _closed = new Sums[Spans.Count];
    private readonly int[] _accountsOfClosed = new int[Spans.Count];
    private readonly int[] _floors;

    public SystemReader(Symbol system, int[] floors)
        : this(new KnownReader(ReaderOf(system)), new KnownReader(ReaderOf(system)), floors)
    {
    }

    private SystemReader(KnownReader people, KnownReader accounts, int[] floors) =>
        (_people, _accounts, _floors) = (people, accounts, floors);

    /// <summary>A window above the floor, and from how many accounts it came.</summary>
    internal readonly record struct Window(WindowCount People, int Accounts);

    /// <summary>Of windows together: the people, the accounts, and how many windows they are.</summary>
    internal readonly record struct Sums(long People, long Accounts, long Windows)
    {
        public Sums And(Sums other) =>
            new(People + other.People, Accounts + other.Accounts, Windows + other.Windows);

        public Sums Without(Sums other) =>
            new(People - other.People, Accounts - other.Accounts, Windows - other.Windows);

        /// <summary>People read for each account that came.</summary>
        public double Share => Accounts == 0 ? 0 : (double)People / Accounts;
    }

    public Reader Reader => _people.Reader;
    public double Evidence => _people.Evidence;

    /// <summary>Those that others were read from, no more than <see cref="MostNetworks"/>.</summary>
    public IReadOnlyCollection<Symbol> Networks => _networks;

    /// <summary>There were networks that are not named: too many, or forgotten.</summary>
    public bool HasMoreNetworks { get; private set; }

    public int Bytes => _people.Bytes + _accounts.Bytes + NetworkBytes * _networks.Count
        + WindowBytes * _above.Sum(windows => windows.Count);

    public int CountedBytes { get; set; }
    public int Seen { get; set; }

    public void See(
        AccessBatch batch, int row, Catalog catalog, uint account, uint? other, ReadOnlySpan<int> numbers)
    {
        _accounts.Turn(numbers, (_, span, window) => _accountsOfClosed[(int)span] = window.Count);
        _people.Turn(numbers, (_, span, window) => Close(span, new Window(window, _accountsOfClosed[(int)span])));
        _accounts.See(batch, row, catalog, account, NoFloors);
        if (other is not { } person)
            return;
        _people.See(batch, row, catalog, person, _floors);
        if (_networks.Count < MostNetworks)
            _networks.Add(batch.Network[row]);
        else
            HasMoreNetworks |= !_networks.Contains(batch.Network[row]);
    }

    public Sums SumsOf(CountingSpan span) => _closed[(int)span].And(SumsOf(Open(span)));

    public IEnumerable<Window> Above(CountingSpan span) =>
        _above[(int)span].Append(Open(span)).Where(window => window.People.Count > _floors[(int)span])
            .OrderBy(window => window.People.Number);

    public static Sums SumsOf(Window window) => new(window.People.Count, window.Accounts, 1);

    /// <summary>What is left when there is no room: about how many people and accounts a year had.</summary>
    public (PeopleSet People, PeopleSet Accounts) Years() => (_people.Year(), _accounts.Year());

    /// <summary>Its windows before are no longer known, and not its networks.</summary>
    public void Resume((PeopleSet People, PeopleSet Accounts) years, ReadOnlySpan<int> numbers)
    {
        _people.Turn(numbers, (_, _, _) => { });
        _accounts.Turn(numbers, (_, _, _) => { });
        _people.Resume(years.People);
        _accounts.Resume(years.Accounts);
        HasMoreNetworks = years.People.Count > 0;
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        Reader.Save(state, catalog);
        _people.Save(state);
        _accounts.Save(state);
        state.Write(HasMoreNetworks);
        state.Write7BitEncodedInt(_networks.Count);
        foreach (var network in _networks)
            state.WriteSymbol(catalog, network);
        for (var span = 0; span < Spans.Count; span++)
        {
            state.Write(_closed[span].People);
            state.Write(_closed[span].Accounts);
            state.Write(_closed[span].Windows);
            state.Write7BitEncodedInt(_above[span].Count);
            foreach (var window in _above[span])
            {
                window.People.Save(state);
                state.Write(window.Accounts);
            }
        }
    }

    public static SystemReader Restore(BinaryReader state, Catalog catalog, int[] floors)
    {
        var reader = Reader.Restore(state, catalog);
        var system = new SystemReader(
            KnownReader.Restore(state, reader), KnownReader.Restore(state, reader), floors)
        {
            HasMoreNetworks = state.ReadBoolean(),
        };
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            system._networks.Add(state.ReadSymbol(catalog));
        for (var span = 0; span < Spans.Count; span++)
        {
            system._closed[span] = new Sums(state.ReadInt64(), state.ReadInt64(), state.ReadInt64());
            for (var left = state.Read7BitEncodedInt(); left > 0; left--)
                system._above[span].Add(new Window(WindowCount.Restore(state), state.ReadInt32()));
        }
        return system;
    }

    private static Reader ReaderOf(Symbol system) => new(ReaderKind.System, (ulong)system.Index, 0);

    private Window Open(CountingSpan span) => new(_people[span]!, _accounts[span]!.Count);

    private void Close(CountingSpan span, Window window)
    {
        _closed[(int)span] = _closed[(int)span].And(SumsOf(window));
        if (window.People.Count <= _floors[(int)span])
            return;
        var above = _above[(int)span];
        above.Add(window);
        if (above.Count > MostWindows)
            above.Remove(above.MinBy(each => (SumsOf(each).Share, each.People.Number)));
    }
}
