using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// A reader of three people or more: its open hour, day, month and year. A window that began with the shorter one has
/// the same people and no set of its own.
/// </summary>
internal sealed class KnownReader(Reader reader)
{
    private const int Fixed = 300;

    private readonly WindowCount?[] _windows = new WindowCount?[Spans.Count];
    private readonly PeopleSet?[] _people = new PeopleSet?[Spans.Count];

    public Reader Reader => reader;

    /// <summary>It passed a floor once: from then on people are told apart exactly, as far as memory goes.</summary>
    public bool IsSuspicious { get; private set; }

    /// <summary>How near it ever came to a floor, 1 being at it: what may be forgotten is what carries least.</summary>
    public double Evidence { get; private set; }

    /// <summary>Rows since it is known, in this run.</summary>
    public int Seen { get; set; }

    /// <summary>What <see cref="Bytes"/> was when it was last asked.</summary>
    public int CountedBytes { get; set; }

    public int Bytes => Fixed + _people.Sum(people => people?.Bytes ?? 0);

    public WindowCount? this[CountingSpan span] => _windows[(int)span];

    /// <summary>
    /// Begins the windows of that moment where they are others than the open ones; the older ones are given away.
    /// Rows of a window that is over count in the open one.
    /// </summary>
    public void Turn(ReadOnlySpan<int> numbers, Action<Reader, CountingSpan, WindowCount> close)
    {
        var turned = Highest(numbers);
        if (turned < 0)
            return;
        // What is above keeps its people: the set that it shared with the window below becomes its own.
        if (turned + 1 < Spans.Count && _windows[turned + 1] is not null && _people[turned + 1] is null)
            _people[turned + 1] = Shared(turned);
        for (var span = 0; span <= turned; span++)
        {
            if (_windows[span] is { } over)
                close(reader, (CountingSpan)span, over);
            _windows[span] = new WindowCount(numbers[span]);
            _people[span] = null;
        }
        _people[0] = new PeopleSet(IsSuspicious ? PeopleSet.MostSuspicious : PeopleSet.MostExact);
    }

    public void See(AccessBatch batch, int row, Catalog catalog, uint person, ReadOnlySpan<int> floors)
    {
        var (isNew, people) = (true, _people[0]!);
        for (var span = 0; span < Spans.Count; span++)
        {
            if (_people[span] is { } own)
            {
                people = own;
                // Somebody seen in this hour was seen in this day.
                isNew = isNew && own.Add(person);
            }
            var count = people.Count;
            _windows[span]!.See(batch, row, catalog, isNew, count, floors[span]);
            if (!isNew)
                continue;
            Evidence = Math.Max(Evidence, (double)count / floors[span]);
            IsSuspicious |= count > floors[span];
        }
    }

    /// <summary>People whom it saw before it was known.</summary>
    public void Add(uint person)
    {
        foreach (var people in _people)
            people?.Add(person);
    }

    /// <summary>What is left of it when there is no room: about how many people it saw.</summary>
    public PeopleSet Year() => Shared(Spans.Count - 1);

    /// <summary>Takes up what is left of an earlier self: its year goes on from there.</summary>
    public void Resume(PeopleSet year) => _people[^1] = year;

    private PeopleSet Shared(int span)
    {
        while (_people[span] is null)
            span--;
        return _people[span]!;
    }

    private int Highest(ReadOnlySpan<int> numbers)
    {
        for (var span = Spans.Count - 1; span >= 0; span--)
            if (_windows[span] is not { } open || numbers[span] > open.Number)
                return span;
        return -1;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(IsSuspicious);
        state.Write(Evidence);
        for (var span = 0; span < Spans.Count; span++)
        {
            _windows[span]!.Save(state);
            state.Write(_people[span] is not null);
            _people[span]?.Save(state);
        }
    }

    public static KnownReader Restore(BinaryReader state, Reader reader)
    {
        var known = new KnownReader(reader) { IsSuspicious = state.ReadBoolean(), Evidence = state.ReadDouble() };
        for (var span = 0; span < Spans.Count; span++)
        {
            known._windows[span] = WindowCount.Restore(state);
            if (state.ReadBoolean())
                known._people[span] = PeopleSet.Restore(state);
        }
        return known;
    }
}
