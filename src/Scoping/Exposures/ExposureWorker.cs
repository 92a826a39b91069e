using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Columns;

namespace WhoSaw.Scoping.Exposures;

/// <summary>One thread's share of a scan: reads row groups, and hands their rows on by part.</summary>
internal sealed class ExposureWorker(ExposureParts parts, VectorTest predicate, long dayShift) : IDisposable
{
    private readonly SegmentReader _reader = new();
    private readonly PartBuffer<ShownRow> _shown = new();
    private readonly PartBuffer<long> _refused = new();
    private readonly PartBuffer<long> _absent = new();
    private readonly Dictionary<(int Operation, int Fields), int> _pairs = [];
    private (int Operation, int Fields) _generations;
    private byte[] _marks = [];

    public long RefusedTries { get; private set; }
    public long AbsentTries { get; private set; }

    /// <summary>Takes those rows of the segment that lie on the day (since 1970, shifted).</summary>
    public void Read(string path, SegmentEntry segment, long day, int dayIndex)
    {
        var groups = _reader.Open(path);
        var (from, to) = (day * EventTime.Day - dayShift, (day + 1) * EventTime.Day - dayShift);
        for (var group = 0; group < groups; group++)
        {
            _reader.Enter(group);
            var times = _reader.Range("time");
            if (times?.Least < segment.First.Microseconds || times?.Most > segment.Last.Microseconds)
                throw new InvalidDataException($"{segment.Name} holds other times than the ledger's log says");
            if (times is { } range && (range.Least >= to || range.Most < from))
                continue;
            if (!predicate.MayMatch(_reader))
                continue;
            if (_marks.Length < _reader.Rows)
                _marks = new byte[_reader.Rows];
            var marks = _marks.AsSpan(0, _reader.Rows);
            predicate.Mark(_reader, marks);
            if (!marks.Contains((byte)1))
                continue;
            if (times is not { } inside || inside.Least < from || inside.Most >= to)
                KeepDay(marks, from, to);
            Take(marks, dayIndex);
        }
    }

    /// <summary>Hands on what is gathered.</summary>
    public void Flush(int dayIndex)
    {
        for (var part = 0; part < 1 << ExposureParts.Bits; part++)
        {
            parts.Apply(part, _shown.Drain(part), dayIndex);
            parts.AddTries(part, Outcome.Refused, _refused.Drain(part));
            parts.AddTries(part, Outcome.Absent, _absent.Drain(part));
        }
    }

    public void Dispose() => _reader.Dispose();

    private void KeepDay(Span<byte> marks, long from, long to)
    {
        var time = _reader.Numbers("time").Values;
        for (var row = 0; row < marks.Length; row++)
            marks[row] &= time[row] >= from && time[row] < to ? (byte)1 : (byte)0;
    }

    private void Take(ReadOnlySpan<byte> marks, int dayIndex)
    {
        var (outcomes, fields) = (_reader.Texts("outcome"), _reader.Texts("fields"));
        var kinds = Kinds(outcomes.Texts);
        var (subjects, operations) = (_reader.Numbers("subject"), _reader.Texts("operation"));
        var time = _reader.Numbers("time").Values;
        var empty = fields.Texts.NumberOf(default);
        if (_generations != (operations.Texts.Generation, fields.Texts.Generation))
            _pairs.Clear();
        _generations = (operations.Texts.Generation, fields.Texts.Generation);
        var (last, lastPair) = ((Operation: -1, Fields: -1), -1);
        for (var row = 0; row < marks.Length; row++)
        {
            if (marks[row] == 0)
                continue;
            var (kind, shows) = (kinds[outcomes.Numbers[row]], fields.Numbers[row]);
            if (kind == Outcome.Other || shows == 0 || shows == empty)
                continue;
            var known = !subjects.HasNulls || subjects.Present[row] != 0;
            if (kind != Outcome.Disclosed)
            {
                AddTry(kind, known, subjects.Values[row]);
                continue;
            }
            var pair = (operations.Numbers[row], shows);
            if (!known || pair.Item1 == 0)
                continue;
            if (pair != last)
                (last, lastPair) = (pair, PairOf(pair, operations.Texts, fields.Texts));
            var subject = subjects.Values[row];
            var part = ExposureParts.PartOf(subject);
            if (_shown.Add(part, new ShownRow(subject, time[row], lastPair)))
                parts.Apply(part, _shown.Drain(part), dayIndex);
        }
    }

    private void AddTry(Outcome outcome, bool known, long subject)
    {
        if (outcome == Outcome.Refused)
            RefusedTries++;
        else
            AbsentTries++;
        var (part, buffer) = (ExposureParts.PartOf(subject), outcome == Outcome.Refused ? _refused : _absent);
        if (known && buffer.Add(part, subject))
            parts.AddTries(part, outcome, buffer.Drain(part));
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
        private readonly T[][] _values =
            [.. Enumerable.Range(0, 1 << ExposureParts.Bits).Select(_ => new T[ExposureParts.BufferRows])];

        private readonly int[] _counts = new int[1 << ExposureParts.Bits];

        /// <summary>True when the buffer of the part is full and must be drained.</summary>
        public bool Add(int part, T value)
        {
            _values[part][_counts[part]] = value;
            return ++_counts[part] == ExposureParts.BufferRows;
        }

        public ReadOnlySpan<T> Drain(int part)
        {
            var count = _counts[part];
            _counts[part] = 0;
            return _values[part].AsSpan(0, count);
        }
    }
}
