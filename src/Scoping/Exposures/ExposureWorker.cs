using WhoSaw.Records;
using WhoSaw.Scoping.Columns;

namespace WhoSaw.Scoping.Exposures;

/// <summary>One thread's share of a scan: reads row groups, and hands their rows on by part.</summary>
internal sealed class ExposureWorker(ExposureParts parts, VectorTest predicate) : IDisposable
{
    private const byte Shown = 1;
    private const byte Refused = 2;
    private const byte Absent = 4;
    private readonly SegmentReader _reader = new();
    private readonly SelectedRows _shown = new(parts.Times);
    private readonly TriedAccounts _refused = new(parts, Outcome.Refused);
    private readonly TriedAccounts _absent = new(parts, Outcome.Absent);
    private readonly PairMemo _pairs = new(parts.Pairs);
    private readonly List<int> _many = [];
    private byte[] _marks = [];
    private byte[] _classes = [];
    private int[] _pairOf = [];

    public UnnamedTally Unnamed { get; } = new();
    public long RefusedTries => _refused.Tries;
    public long AbsentTries => _absent.Tries;

    /// <summary>Takes the rows of a piece, and keeps them until they are applied.</summary>
    public void Read(string path, ScanPiece piece)
    {
        var groups = _reader.Open(path);
        for (var group = piece.Stripe; group < groups; group += piece.Stripes)
        {
            _reader.Enter(group);
            var times = _reader.Range("time");
            if (times?.Least < piece.Segment.First.Microseconds || times?.Most > piece.Segment.Last.Microseconds)
                throw new InvalidDataException(
                    $"{piece.Segment.Name} holds other times than the ledger's log says");
            if (times is { } range && (range.Least >= piece.To || range.Most < piece.From))
                continue;
            if (!predicate.MayMatch(_reader))
                continue;
            if (_marks.Length < _reader.Rows)
                (_marks, _classes, _pairOf) = (new byte[_reader.Rows], new byte[_reader.Rows], new int[_reader.Rows]);
            var marks = _marks.AsSpan(0, _reader.Rows);
            predicate.Mark(_reader, marks);
            if (!marks.Contains((byte)1))
                continue;
            if (times is not { } inside || inside.Least < piece.From || inside.Most >= piece.To)
                KeepDay(marks, piece.From, piece.To);
            Take(marks);
            Unnamed.Add(_reader, marks);
        }
        _shown.Sort();
    }

    /// <summary>Hands on what was read; the days in order.</summary>
    public void HandOn()
    {
        for (var part = 0; part < ExposureParts.Number; part++)
            if (parts.Add(part, _shown.Of(part)))
                _many.Add(part);
    }

    /// <summary>Counts what has come together.</summary>
    public void Count()
    {
        foreach (var part in _many)
            parts.CountFull(part);
        _many.Clear();
    }

    /// <summary>To be called when there is nothing more to read.</summary>
    public void Complete()
    {
        _refused.HandOn();
        _absent.HandOn();
    }

    public void Dispose() => _reader.Dispose();

    private void KeepDay(Span<byte> marks, long from, long to)
    {
        var time = _reader.Numbers("time").Values;
        for (var row = 0; row < marks.Length; row++)
            marks[row] &= time[row] >= from && time[row] < to ? (byte)1 : (byte)0;
    }

    private void Take(ReadOnlySpan<byte> marks)
    {
        var subjects = _reader.Numbers("subject");
        var classes = _classes.AsSpan(0, marks.Length);
        Classify(marks, subjects, classes);
        if (classes.IndexOfAny(Shown, Refused, Absent) < 0)
            return;
        _pairs.Fill(_reader.Texts("operation"), _reader.Texts("fields"), classes, _pairOf);
        _shown.Add(classes, subjects.Values, _reader.Numbers("time").Values, _pairOf);
        for (var row = 0; ; row++)
        {
            var next = classes[row..].IndexOfAny(Refused, Absent);
            if (next < 0)
                return;
            row += next;
            (classes[row] == Refused ? _refused : _absent).Add(subjects[row]);
        }
    }

    // Shown are accounts by an operation that shows something; refused and absent may be nobody.
    private void Classify(ReadOnlySpan<byte> marks, NumberVector subjects, Span<byte> classes)
    {
        var (outcomes, fields) = (_reader.Texts("outcome"), _reader.Texts("fields"));
        var kinds = Kinds(outcomes.Texts);
        var empty = fields.Texts.NumberOf(default);
        var became = outcomes.Numbers.AsSpan(0, marks.Length);
        var filled = fields.Numbers.AsSpan(0, marks.Length);
        var named = _reader.Texts("operation").Numbers.AsSpan(0, marks.Length);
        for (var row = 0; row < marks.Length; row++)
        {
            var shows = filled[row] != 0 & filled[row] != empty ? marks[row] : 0;
            var kind = kinds[became[row]] & -shows;
            classes[row] = (byte)(named[row] == 0 ? kind & ~Shown : kind);
        }
        if (!subjects.HasNulls)
            return;
        for (var row = 0; row < classes.Length; row++)
            if (subjects.Present[row] == 0)
                classes[row] &= unchecked((byte)~Shown);
    }

    private static byte[] Kinds(TextTable outcomes) =>
        [.. Enumerable.Range(0, outcomes.Count).Select(number => number == 0 ? (byte)0 : outcomes.Text(number) switch
        {
            "disclosed" => Shown,
            "refused" => Refused,
            "absent" => Absent,
            _ => (byte)0,
        })];
}
