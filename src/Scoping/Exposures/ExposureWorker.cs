using System.Numerics;
using System.Runtime.InteropServices;
using WhoSaw.Ledger;
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
    private byte[] _looked = [];
    private byte[] _answers = [];
    private int[] _pairOf = [];

    public UnnamedTally Unnamed { get; } = new();
    public long RefusedTries => _refused.Tries;
    public long AbsentTries => _absent.Tries;

    /// <summary>Takes the rows of a piece, and keeps them until they are applied.</summary>
    public void Read(string path, ScanPiece piece)
    {
        var groups = _reader.Open(path, piece.Segment.Rows);
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
            Size(_reader.Rows);
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

    private void Size(int rows)
    {
        if (_marks.Length >= rows)
            return;
        (_marks, _classes, _looked) = (new byte[rows], new byte[rows], new byte[rows]);
        _pairOf = new int[rows];
    }

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
        var fields = _reader.Texts("fields");
        Look(_reader.Texts("outcome"), KindOf, classes);
        Mask(classes, marks, keep: 0);
        var looked = _looked.AsSpan(0, classes.Length);
        Look(fields, (texts, number) => number != 0 && !texts.Bytes(number).IsEmpty ? (byte)1 : (byte)0, looked);
        Mask(classes, looked, keep: 0);
        Look(_reader.Texts("operation"), (_, number) => number != 0 ? (byte)1 : (byte)0, looked);
        Mask(classes, looked, keep: unchecked((byte)~Shown));
        if (subjects.HasNulls)
            Mask(classes, subjects.Present.AsSpan(0, classes.Length), keep: unchecked((byte)~Shown));
    }

    private void Look(TextVector texts, Func<TextVector, int, byte> answer, Span<byte> into)
    {
        if (_answers.Length < texts.Count)
            _answers = new byte[texts.Count * 2];
        for (var number = 0; number < texts.Count; number++)
            _answers[number] = answer(texts, number);
        texts.Look(_answers, into);
    }

    /// <summary>Where the mark is 0, only those bits stay.</summary>
    private static void Mask(Span<byte> classes, ReadOnlySpan<byte> marks, byte keep)
    {
        var many = MemoryMarshal.Cast<byte, Vector<byte>>(classes);
        var kept = new Vector<byte>(keep);
        foreach (ref var word in many)
        {
            word &= kept | (Vector<byte>.Zero - new Vector<byte>(marks));
            marks = marks[Vector<byte>.Count..];
        }
        classes = classes[(many.Length * Vector<byte>.Count)..];
        for (var row = 0; row < classes.Length; row++)
            classes[row] &= (byte)(keep | -marks[row]);
    }

    private static byte KindOf(TextVector outcomes, int number) => outcomes.Text(number) switch
    {
        "disclosed" => Shown,
        "refused" => Refused,
        "absent" => Absent,
        _ => 0,
    };
}
