using WhoSaw.Records;
using WhoSaw.Scoping.Columns;

namespace WhoSaw.Scoping.Exposures;

/// <summary>One thread's share of a scan: reads row groups, and hands their rows on by part.</summary>
internal sealed class ExposureWorker(ExposureParts parts, VectorTest predicate) : IDisposable
{
    private readonly SegmentReader _reader = new();
    private readonly PartBuffer<ShownRow> _shown = new();
    private readonly PartBuffer<long> _refused = new();
    private readonly PartBuffer<long> _absent = new();
    private readonly Dictionary<(int Operation, int Fields), int> _pairs = [];
    private (int Operation, int Fields) _generations;
    private readonly List<int> _many = [];
    private byte[] _marks = [];

    public long RefusedTries { get; private set; }
    public long AbsentTries { get; private set; }

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
                _marks = new byte[_reader.Rows];
            var marks = _marks.AsSpan(0, _reader.Rows);
            predicate.Mark(_reader, marks);
            if (!marks.Contains((byte)1))
                continue;
            if (times is not { } inside || inside.Least < piece.From || inside.Most >= piece.To)
                KeepDay(marks, piece.From, piece.To);
            Take(marks, piece.Day);
        }
    }

    /// <summary>Hands on what was read; the days in order.</summary>
    public void HandOn()
    {
        for (var part = 0; part < ExposureParts.Number; part++)
            if (parts.Add(part, _shown.Drain(part)))
                _many.Add(part);
    }

    /// <summary>Counts what has come together.</summary>
    public void Count()
    {
        for (var part = 0; part < ExposureParts.Number; part++)
        {
            parts.AddTries(part, Outcome.Refused, _refused.Drain(part));
            parts.AddTries(part, Outcome.Absent, _absent.Drain(part));
        }
        foreach (var part in _many)
            parts.Count(part, all: false);
        _many.Clear();
    }

    public void Dispose() => _reader.Dispose();

    private void KeepDay(Span<byte> marks, long from, long to)
    {
        var time = _reader.Numbers("time").Values;
        for (var row = 0; row < marks.Length; row++)
            marks[row] &= time[row] >= from && time[row] < to ? (byte)1 : (byte)0;
    }

    private void Take(ReadOnlySpan<byte> marks, int day)
    {
        var (outcomes, fields) = (_reader.Texts("outcome"), _reader.Texts("fields"));
        var kinds = Kinds(outcomes.Texts);
        var (subjects, operations) = (_reader.Numbers("subject"), _reader.Texts("operation"));
        ReadOnlySpan<long> time = _reader.Numbers("time").Values;
        var empty = fields.Texts.NumberOf(default);
        if (_generations != (operations.Texts.Generation, fields.Texts.Generation))
            _pairs.Clear();
        _generations = (operations.Texts.Generation, fields.Texts.Generation);
        var (last, lastPair) = ((Operation: -1, Fields: -1), -1);
        var values = subjects.Values.AsSpan(0, marks.Length);
        var present = subjects.Present.AsSpan(0, marks.Length);
        var shown = fields.Numbers.AsSpan(0, marks.Length);
        var named = operations.Numbers.AsSpan(0, marks.Length);
        var became = outcomes.Numbers.AsSpan(0, marks.Length);
        time = time[..marks.Length];
        for (var row = 0; row < marks.Length; row++)
        {
            if (marks[row] == 0)
                continue;
            var (kind, shows) = (kinds[became[row]], shown[row]);
            if (kind == Outcome.Other || shows == 0 || shows == empty)
                continue;
            var known = !subjects.HasNulls || present[row] != 0;
            if (kind != Outcome.Disclosed)
            {
                AddTry(kind, known, values[row]);
                continue;
            }
            var pair = (Operation: named[row], Fields: shows);
            if (!known || pair.Operation == 0)
                continue;
            if (pair.Operation != last.Operation || pair.Fields != last.Fields)
                (last, lastPair) = (pair, PairOf(pair, operations.Texts, fields.Texts));
            _shown.Add(ExposureParts.PartOf(values[row]), new ShownRow(values[row], time[row], lastPair, day));
        }
    }

    private void AddTry(Outcome outcome, bool known, long subject)
    {
        if (outcome == Outcome.Refused)
            RefusedTries++;
        else
            AbsentTries++;
        if (known)
            (outcome == Outcome.Refused ? _refused : _absent).Add(ExposureParts.PartOf(subject), subject);
    }

    private int PairOf((int Operation, int Fields) pair, TextTable operations, TextTable fields)
    {
        if (!_pairs.TryGetValue(pair, out var number))
            _pairs[pair] = number = parts.Pairs.NumberOf(operations.Text(pair.Operation), fields.Text(pair.Fields));
        return number;
    }

    // Other stands for all that is neither shown nor a try.
    private static Outcome[] Kinds(TextTable outcomes) =>
        [.. Enumerable.Range(0, outcomes.Count).Select(number => number == 0 ? Outcome.Other : outcomes.Text(number)
            switch
        {
            "disclosed" => Outcome.Disclosed,
            "refused" => Outcome.Refused,
            "absent" => Outcome.Absent,
            _ => Outcome.Other,
        })];

    /// <summary>Values that wait for their part.</summary>
    private sealed class PartBuffer<T>
    {
        private readonly T[][] _values = [.. Enumerable.Range(0, ExposureParts.Number).Select(_ => new T[16])];
        private readonly int[] _counts = new int[ExposureParts.Number];

        public void Add(int part, T value)
        {
            var (values, at) = (_values[part], _counts[part]++);
            if (at == values.Length)
                values = Larger(part);
            values[at] = value;
        }

        private T[] Larger(int part)
        {
            Array.Resize(ref _values[part], _values[part].Length * 2);
            return _values[part];
        }

        public ReadOnlySpan<T> Drain(int part)
        {
            var count = _counts[part];
            _counts[part] = 0;
            return _values[part].AsSpan(0, count);
        }
    }
}
