using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>What the entries say together, one by one in their order.</summary>
internal sealed class JournalState
{
    private readonly OrderedDictionary<string, SegmentEntry> _segments = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, (FileKind Kind, int Commit, FileStamp Stamp)> _files =
        new(StringComparer.Ordinal);
    private readonly List<FileStamp> _totals = [];
    private readonly OrderedDictionary<string, OperationEntry> _operations = new(StringComparer.Ordinal);
    private readonly List<(int Commit, SourceEntry Source)> _sources = [];
    private readonly OrderedDictionary<string, Hold> _holds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), SourceChanged> _changes = [];
    private readonly Dictionary<int, (EventTime, EventTime)> _times = [];
    private readonly HashSet<string> _everNamed = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, OriginalKept> _originals = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];
    private (int, long) _removed;

    /// <summary>The key that signs this ledger.</summary>
    public string Key => _keys.Count == 0 ? "" : _keys[^1];

    /// <summary>All keys that ever signed it, the first one first.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>The digest of detection's state after the last scan; null before one, or where it kept none.</summary>
    public string? DetectionState { get; private set; }

    private int _detectionCommit;
    public List<NumbersMissing> NumbersMissing { get; } = [];
    public List<ClockSkewed> ClockSkews { get; } = [];
    public List<CheckpointStamped> Stamps { get; } = [];

    /// <summary>The logs that are kept as they were read.</summary>
    public IReadOnlyList<OriginalKept> Originals => _originals.Values;

    /// <summary>Stretches of which records were removed or rewritten: the totals count more than is left.</summary>
    public List<(EventTime First, EventTime Last)> Thinned { get; } = [];
    public int Commits { get; private set; }
    public int HoldsEver { get; private set; }
    public bool RequiresReason { get; private set; }
    public IReadOnlyList<SegmentEntry> Segments => _segments.Values;
    public IEnumerable<(FileKind Kind, int Commit, FileStamp Stamp)> Files => _files.Values;
    public IReadOnlyList<FileStamp> Totals => _totals;
    public IReadOnlyList<OperationEntry> Operations => _operations.Values;
    public IReadOnlyList<(int Commit, SourceEntry Source)> Sources => _sources;
    public IReadOnlyList<Hold> Holds => _holds.Values;

    /// <summary>Every name that an entry ever gave to a file: none is given twice.</summary>
    public IReadOnlySet<string> EverNamed => _everNamed;

    /// <summary>Every file that counts, with its digest and size.</summary>
    public IEnumerable<(string Name, string Sha256, long Size)> Counting =>
        _segments.Values.Select(each => (each.Name, each.Sha256, each.Size))
            .Concat(_totals.Concat(_files.Values.Select(each => each.Stamp))
                .Select(each => (each.Name, each.Sha256, each.Size)));

    public IEnumerable<FileStamp> Of(FileKind kind) =>
        _files.Values.Where(file => file.Kind == kind).Select(file => file.Stamp);

    /// <summary>From when to when the lines of a commit are; null where nobody knows.</summary>
    public (EventTime First, EventTime Last)? TimeOf(int commit) =>
        _times.TryGetValue(commit, out var time) ? time : null;

    public bool Counts(string name) =>
        _segments.ContainsKey(name) || _files.ContainsKey(name) || _totals.Exists(each => each.Name == name);

    /// <summary>Takes an entry; what is wrong with it as half a sentence, or null.</summary>
    public string? Add(JournalEntry entry, long number)
    {
        switch (entry)
        {
            case LedgerCreated created:
                if (number != 0)
                    return "creates a ledger that exists";
                _keys.Add(created.Key);
                return created.Format > LedgerLayout.Format
                    ? string.Create(CultureInfo.InvariantCulture,
                        $"has format {created.Format}, known is {LedgerLayout.Format}")
                    : null;
            case SegmentAdded segment:
                return Name(segment.Name) ?? Then(() => _segments.Add(segment.Name, segment.ToSegment()));
            case OriginalKept original:
                return Name(original.Name) ?? Then(() =>
                {
                    _originals.Add(original.Name, original);
                    _files.Add(original.Name, (FileKind.Originals, original.Commit,
                        new FileStamp(original.Name, original.Sha256, original.Size, 0)));
                });
            case CoverageAdded totals:
                if (totals is { From: { } from, To: { } to })
                    _times[totals.Commit] = (from, to);
                return Name(totals.Name) ?? Then(() => _totals.Add(
                    new FileStamp(totals.Name, totals.Sha256, totals.Size, totals.Rows)));
            case FileAdded file:
                return Name(file.Name) ?? Then(() => _files.Add(file.Name, (file.Kind, file.Commit,
                    new FileStamp(file.Name, file.Sha256, file.Size, file.Rows))));
            case SourceRead source:
                return Then(() => _sources.Add((source.Commit, source.ToSource())));
            case SourceChanged changed:
                return Then(() => _changes[(changed.Source, changed.File)] = changed);
            case OperationConfigured operation:
                return Then(() => _operations[operation.Name] =
                    new OperationEntry(operation.Name, operation.Fields, operation.Others));
            case Committed committed:
                if (committed.State is { } state)
                    (DetectionState, _detectionCommit) = (state, committed.Commit);
                return committed.Commit == Commits + 1 ? Then(() => Commits++) : "is out of order";
            case NumbersMissing missing:
                return Then(() => NumbersMissing.Add(missing));
            case ClockSkewed skew:
                return Then(() => ClockSkews.Add(skew));
            default:
                return AddAct(entry, number);
        }
    }

    public LedgerContents ToContents(string directory, LedgerHead head) => new(
        directory,
        [.. _segments.Values],
        [.. _totals.Select(each => each.Name)],
        [.. Of(FileKind.Dictionary).Select(each => each.Name)],
        Of(FileKind.Accounts).LastOrDefault()?.Name,
        Of(FileKind.People).LastOrDefault()?.Name,
        [.. _operations.Values],
        [.. _sources.Select(each => each.Source)],
        FindingFile.ReadAll(directory, Of(FileKind.Findings).Select(each => each.Name), withdrawn: false))
    {
        Withdrawn = FindingFile.ReadAll(directory, Of(FileKind.Findings).Select(each => each.Name), withdrawn: true),
        Holds = [.. _holds.Values],
        Head = head,
        RequiresReason = RequiresReason,
        Removed = _removed,
        SourceChanges = [.. _changes.Values],
        Commits = Commits,
        DetectionState = DetectionState,
        IsDetectionBehind = _sources.Exists(read => read.Commit > _detectionCommit),
        Originals = [.. _originals.Values],
        NumbersMissing = [.. NumbersMissing],
        ClockSkews = [.. ClockSkews],
    };

    private string? AddAct(JournalEntry entry, long number)
    {
        switch (entry)
        {
            case HoldPlaced hold:
                HoldsEver++;
                return _holds.TryAdd(hold.Id, new Hold(
                    hold.Id, hold.From, hold.To, hold.Source, hold.Reason, hold.By, hold.Time))
                    ? null
                    : $"places hold {hold.Id} a second time";
            case HoldReleased released:
                return _holds.Remove(released.Id) ? null : $"releases hold {released.Id}, which there is not";
            case SegmentRemoved removed:
                _removed = (_removed.Item1 + 1, _removed.Item2 + removed.Rows);
                if (!_segments.Remove(removed.Name, out var gone))
                    return $"removes {removed.Name}, which there is not";
                Thinned.Add((gone.First, gone.Last));
                return null;
            case FileRemoved removed:
                _originals.Remove(removed.Name);
                return _files.Remove(removed.Name) ? null : $"removes {removed.Name}, which there is not";
            case FileRewritten rewritten:
                return Rewrite(rewritten);
            case SegmentsCompacted compacted:
                return Compact(compacted);
            case KeyChanged change:
                return KeyChain.FaultOf(change, number, Key) ?? Then(() => _keys.Add(change.Key));
            case CheckpointStamped stamped:
                return Stamp(stamped);
            case PolicySet { Policy: LedgerPolicies.RequireReason } policy:
                RequiresReason = policy.On;
                return null;
            default:
                return null;
        }
    }

    // The new file stands where the old one stood: readers rely on the order of files.
    private string? Rewrite(FileRewritten to)
    {
        if (to.NewName is not null && Name(to.NewName) is { } fault)
            return fault;
        if (_segments.IndexOf(to.Name) is var place and >= 0)
        {
            var old = _segments.GetAt(place).Value;
            Thinned.Add((old.First, old.Last));
            _segments.RemoveAt(place);
            if (to is { NewName: { } name, NewSha256: { } digest, NewFirst: { } first, NewLast: { } last })
                _segments.Insert(place, name, new SegmentEntry(name, digest, to.NewRows ?? 0, first, last)
                {
                    Size = to.NewSize ?? 0,
                    Sources = old.Sources,
                });
            return null;
        }
        if (_files.IndexOf(to.Name) is var index and >= 0)
        {
            var old = _files.GetAt(index).Value;
            _files.RemoveAt(index);
            _originals.Remove(to.Name);
            if (to is { NewName: { } name, NewSha256: { } digest })
                _files.Insert(index, name, old with
                {
                    Stamp = new FileStamp(name, digest, to.NewSize ?? 0, to.NewRows ?? 0),
                });
            return null;
        }
        return $"rewrites {to.Name}, which there is not";
    }

    // The new segment stands where the first of the old ones stood.
    private string? Compact(SegmentsCompacted to)
    {
        if (to.From.FirstOrDefault(from => !_segments.TryGetValue(from.Name, out var known)
            || known.Sha256 != from.Sha256 || known.Rows != from.Rows) is { } unknown)
            return $"compacts {unknown.Name}, which there is not";
        if (to.From.Count == 0 || to.From.Sum(from => from.Rows) != to.Rows)
            return $"makes {to.Name} of another number of records";
        if (Name(to.Name) is { } fault)
            return fault;
        var place = to.From.Min(from => _segments.IndexOf(from.Name));
        foreach (var from in to.From)
            _segments.Remove(from.Name);
        _segments.Insert(place, to.Name, to.ToSegment());
        return null;
    }

    private string? Stamp(CheckpointStamped stamped)
    {
        foreach (var file in new[] { stamped.Checkpoint, stamped.Token })
        {
            if (Name(file.Name) is { } fault)
                return fault;
            _files.Add(file.Name, (FileKind.Timestamps, 0, new FileStamp(file.Name, file.Sha256, file.Size, 0)));
        }
        Stamps.Add(stamped);
        return null;
    }

    private string? Name(string name) =>
        !LedgerLayout.IsInside(name) ? $"names {name}"
        : !_everNamed.Add(name) ? $"names {name} a second time"
        : null;

    private static string? Then(Action action)
    {
        action();
        return null;
    }
}

/// <summary>Rules for those who use a ledger, as entries name them.</summary>
public static class LedgerPolicies
{
    /// <summary>Looking at people's data needs a reason.</summary>
    public const string RequireReason = "require-reason";
}
