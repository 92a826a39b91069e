using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Staff;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Different people by reader and window, within a budget of memory. When it is spent, the readers that ever came
/// least near to a floor are forgotten, but for a sketch of 64 bytes that says about how many people they saw: noise,
/// however much of it, does not push out who reads slowly and long.
/// </summary>
internal sealed class ReaderCounts(DetectionContext context, BreadthOptions options, StaffDays staff)
{
    // 64 registers: how many people within an eighth.
    private const int SketchPrecision = 6;
    private const int SketchBytes = 130;

    private readonly Dictionary<Reader, KnownReader> _known = [];
    private readonly Dictionary<ulong, PeopleSet> _forgotten = [];
    private readonly FreshActors _fresh = new();
    private readonly Dictionary<(ReaderKind Kind, short Role, CountingSpan Span), RoleWindows> _roles = [];
    private readonly int[][] _floors =
        [.. Reader.Kinds.Select(kind => Enum.GetValues<CountingSpan>().Select(s => options.Floor(kind, s)).ToArray())];

    // Of the roles those that are no operation's, by kind and span: they are asked for with every person.
    private readonly RoleWindows?[] _ofEverybody = new RoleWindows?[Reader.Kinds.Count * Spans.Count];
    private long _bytes;

    public int Known => _known.Count;
    public int Forgotten => _forgotten.Count;
    public FreshActors Fresh => _fresh;

    /// <summary>The days of employees and services that are over; saved apart.</summary>
    public StaffDays Staff => staff;

    /// <summary>Bytes held by all of it, as far as they are counted.</summary>
    public long Bytes => _bytes + _fresh.Bytes + (long)SketchBytes * _forgotten.Count;

    /// <summary>A reader saw a person.</summary>
    /// <param name="numbers">Which hour, day, month and year it is.</param>
    public void See(Reader reader, AccessBatch batch, int row, uint person, ReadOnlySpan<int> numbers)
    {
        if (!_known.TryGetValue(reader, out var known))
        {
            var (first, second) = (uint.MaxValue, uint.MaxValue);
            // Employees, services, and sessions that see others, are few, and known from their first person on.
            if (reader.Kind > ReaderKind.Principal && IsFresh(reader, person, out first, out second))
                return;
            known = new KnownReader(reader);
            known.Turn(numbers, Close);
            foreach (var earlier in new[] { first, second })
                if (earlier != uint.MaxValue)
                    known.Add(earlier);
            if (_forgotten.Remove(reader.KeyOf(context.SymbolKeys), out var year))
                known.Resume(year);
            _known.Add(reader, known);
        }
        known.Turn(numbers, Close);
        known.See(batch, row, context.Catalog, person, _floors[(int)reader.Kind]);
        if ((known.Seen++ & 15) == 0)
            Account(known);
    }

    /// <summary>The roles, with what is open.</summary>
    public IEnumerable<(ReaderKind Kind, short Role, CountingSpan Span, RoleWindows Windows)> Roles()
    {
        var open = _known.Values.GroupBy(known => (known.Reader.Kind, known.Reader.Role))
            .ToDictionary(group => group.Key, group => group.OrderBy(known => known[CountingSpan.Day]!.First).ToList());
        var roles = _roles.Keys.Select(role => (role.Kind, role.Role)).Concat(open.Keys).Distinct();
        foreach (var role in roles.OrderBy(role => role.Kind).ThenBy(role => role.Role))
            foreach (var span in Enum.GetValues<CountingSpan>())
                yield return (role.Kind, role.Role, span,
                    RoleOf(role.Kind, role.Role, span).With(
                        open.GetValueOrDefault(role, []).Select(known => (known.Reader, known[span]!)),
                        _floors[(int)role.Kind][(int)span]));
    }

    /// <summary>How many people employees and services saw on days that are not over.</summary>
    public IEnumerable<(short Operation, Symbol Principal, int Day, int People)> OpenDays() => _known.Values
        .Where(known => known.Reader.Kind == ReaderKind.Principal)
        .Select(known => (known.Reader, Day: known[CountingSpan.Day]!))
        .Select(open => (open.Reader.Role, new Symbol((int)open.Reader.Id), open.Day.Number, open.Day.Count));

    /// <summary>Of an operation those days of employees and services that are above the floor.</summary>
    public IEnumerable<(Reader Reader, WindowCount Window)> DaysAbove(short operation) => Roles()
        .Where(role => role is { Kind: ReaderKind.Principal, Span: CountingSpan.Day } && role.Role == operation)
        .SelectMany(role => role.Windows.Above);

    public void Save(BinaryWriter state)
    {
        _fresh.Save(state);
        state.Write(_forgotten.Count);
        foreach (var (reader, people) in _forgotten)
        {
            state.Write(reader);
            people.Save(state);
        }
        state.Write(_known.Count);
        foreach (var (reader, known) in _known)
        {
            reader.Save(state, context.Catalog);
            known.Save(state);
        }
        state.Write(_roles.Count);
        foreach (var (role, windows) in _roles)
        {
            state.Write((byte)role.Kind);
            state.WriteOperation(context.Catalog, role.Kind == ReaderKind.Principal ? role.Role : -1);
            state.Write((byte)role.Span);
            windows.Save(state, context.Catalog);
        }
    }

    /// <summary>Readers of operations that there are no longer are passed over.</summary>
    public void Restore(BinaryReader state)
    {
        _fresh.Restore(state);
        for (var left = state.ReadInt32(); left > 0; left--)
            _forgotten.Add(state.ReadUInt64(), PeopleSet.Restore(state));
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var known = KnownReader.Restore(state, Reader.Restore(state, context.Catalog));
            if (known.Reader.Role < 0 || !_known.TryAdd(known.Reader, known))
                continue;
            known.CountedBytes = known.Bytes;
            _bytes += known.CountedBytes;
        }
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (kind, operation) = ((ReaderKind)state.ReadByte(), state.ReadOperation(context.Catalog));
            var role = (kind, kind == ReaderKind.Principal ? operation : (short)0, (CountingSpan)state.ReadByte());
            var windows = RoleWindows.Restore(state, context.Catalog);
            if (role.Item2 >= 0)
                _roles[role] = windows;
        }
        Array.Clear(_ofEverybody);
    }

    /// <summary>A reader of one or two people: it counts as an hour, a day, a month, a year of so many.</summary>
    private bool IsFresh(Reader reader, uint person, out uint first, out uint second)
    {
        var sight = _fresh.See(reader.KeyOf(context.SymbolKeys), person, out first, out second);
        var (before, after) = sight switch
        {
            FreshActors.Sight.FirstPerson => (0, 1),
            FreshActors.Sight.SecondPerson => (1, 2),
            FreshActors.Sight.ThirdPerson => (2, 0),
            _ => (0, 0),
        };
        for (var span = CountingSpan.Hour; span <= CountingSpan.Year && before != after; span++)
        {
            var role = RoleOf(reader.Kind, reader.Role, span);
            if (before > 0)
                role.Count(before, -1);
            if (after > 0)
                role.Count(after, 1);
        }
        if (after == 1 && _fresh.Count * 19 > options.Memory / 3)
            _fresh.Halve();
        return sight != FreshActors.Sight.ThirdPerson;
    }

    private RoleWindows RoleOf(ReaderKind kind, short role, CountingSpan span)
    {
        if (role != 0)
            return Find(kind, role, span);
        return _ofEverybody[(int)kind * Spans.Count + (int)span] ??= Find(kind, role, span);
    }

    private RoleWindows Find(ReaderKind kind, short role, CountingSpan span)
    {
        if (!_roles.TryGetValue((kind, role, span), out var windows))
            _roles.Add((kind, role, span), windows = new RoleWindows());
        return windows;
    }

    private void Close(Reader reader, CountingSpan span, WindowCount window)
    {
        RoleOf(reader.Kind, reader.Role, span).Add(reader, window, _floors[(int)reader.Kind][(int)span]);
        if (reader.Kind == ReaderKind.Principal && span == CountingSpan.Day)
            staff.Set(reader.Role, new Symbol((int)reader.Id), window.Number, window.Count);
    }

    private void Account(KnownReader known)
    {
        var bytes = known.Bytes;
        _bytes += bytes - known.CountedBytes;
        known.CountedBytes = bytes;
        if (_bytes + (long)SketchBytes * _forgotten.Count > options.Memory / 3 * 2)
            Evict();
    }

    /// <summary>A quarter of the readers, those with the least evidence, become sketches; of old sketches the smallest
    /// go.</summary>
    private void Evict()
    {
        foreach (var known in _known.Values.OrderBy(known => known.Evidence)
            .ThenBy(known => known.Reader.KeyOf(context.SymbolKeys)).Take(Math.Max(1, _known.Count / 4)).ToList())
        {
            foreach (var span in Enum.GetValues<CountingSpan>())
                Close(known.Reader, span, known[span]!);
            var year = known.Year();
            year.Forget(SketchPrecision);
            _forgotten[known.Reader.KeyOf(context.SymbolKeys)] = year;
            _known.Remove(known.Reader);
            _bytes -= known.CountedBytes;
        }
        if ((long)SketchBytes * _forgotten.Count <= options.Memory / 3)
            return;
        foreach (var (reader, _) in _forgotten.OrderBy(sketch => sketch.Value.Count).ThenBy(sketch => sketch.Key)
            .Take(_forgotten.Count / 2).ToList())
            _forgotten.Remove(reader);
    }
}
