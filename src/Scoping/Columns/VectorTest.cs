using System.Text;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Columns;

/// <summary>An expression over the vectors of a row group. The same meaning as <see cref="Evaluator"/>.</summary>
internal abstract class VectorTest
{
    /// <summary>Puts 1 where the row matches and 0 elsewhere, for all rows of the row group.</summary>
    public abstract void Mark(SegmentReader rows, Span<byte> marks);

    /// <summary>False when the row group's statistics say that no row can match.</summary>
    public virtual bool MayMatch(SegmentReader rows) => true;
}

internal sealed class ConstantTest(bool value) : VectorTest
{
    public override void Mark(SegmentReader rows, Span<byte> marks) => marks.Fill(value ? (byte)1 : (byte)0);

    public override bool MayMatch(SegmentReader rows) => value;
}

internal sealed class NegatedTest(VectorTest inner) : VectorTest
{
    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        inner.Mark(rows, marks);
        foreach (ref var mark in marks)
            mark ^= 1;
    }
}

internal sealed class JoinedTest(bool isAnd, IReadOnlyList<VectorTest> terms) : VectorTest
{
    private byte[] _other = [];

    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        if (_other.Length < marks.Length)
            _other = new byte[marks.Length];
        var other = _other.AsSpan(0, marks.Length);
        terms[0].Mark(rows, marks);
        foreach (var term in terms.Skip(1))
        {
            // nothing can change any more: the columns of the other terms need not be read
            if (!marks.Contains(isAnd ? (byte)1 : (byte)0))
                return;
            term.Mark(rows, other);
            if (isAnd)
                for (var i = 0; i < marks.Length; i++)
                    marks[i] &= other[i];
            else
                for (var i = 0; i < marks.Length; i++)
                    marks[i] |= other[i];
        }
    }

    public override bool MayMatch(SegmentReader rows) =>
        isAnd ? terms.All(term => term.MayMatch(rows)) : terms.Any(term => term.MayMatch(rows));
}

internal sealed class TraitTest(long trait) : VectorTest
{
    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        var vector = rows.Numbers("traits");
        for (var i = 0; i < marks.Length; i++)
            marks[i] = (vector.Values[i] & trait) != 0 ? (byte)1 : (byte)0;
    }
}

/// <summary>Numbers from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
internal sealed class IntervalTest(string column, long least, long most) : VectorTest
{
    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        var vector = rows.Numbers(column);
        var values = vector.Values.AsSpan(0, marks.Length);
        if (least > most)
        {
            marks.Clear();
            return;
        }
        var width = (ulong)(most - least);
        for (var i = 0; i < values.Length; i++)
            marks[i] = (ulong)(values[i] - least) <= width ? (byte)1 : (byte)0;
        if (vector.HasNulls)
            for (var i = 0; i < marks.Length; i++)
                marks[i] &= vector.Present[i];
    }

    public override bool MayMatch(SegmentReader rows) =>
        least <= most && (rows.Range(column) is not { } range || (range.Least <= most && range.Most >= least));
}

/// <param name="unsigned">Whether the file's statistics order the numbers as unsigned.</param>
internal sealed class SetTest(string column, HashSet<long> values, bool unsigned) : VectorTest
{
    private readonly ulong _flip = unsigned ? 0 : 1UL << 63;

    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        var vector = rows.Numbers(column);
        for (var i = 0; i < marks.Length; i++)
            marks[i] = values.Contains(vector.Values[i]) && (!vector.HasNulls || vector.Present[i] != 0)
                ? (byte)1
                : (byte)0;
    }

    public override bool MayMatch(SegmentReader rows) => rows.Range(column) is not { } range ||
        values.Any(value => Order(value) >= Order(range.Least) && Order(value) <= Order(range.Most));

    private ulong Order(long value) => (ulong)value ^ _flip;
}

internal sealed class NumberPresentTest(string column) : VectorTest
{
    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        var vector = rows.Numbers(column);
        if (vector.HasNulls)
            vector.Present.AsSpan(0, marks.Length).CopyTo(marks);
        else
            marks.Fill(1);
    }
}

/// <summary>A test of a text: asked once for each text of the row group's dictionary, and not for each row.</summary>
internal abstract class TextTest(string column) : VectorTest
{
    private byte[] _answers = [];

    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        var texts = rows.Texts(column);
        if (_answers.Length < texts.Count)
            _answers = new byte[texts.Count * 2];
        var answers = _answers.AsSpan(0, texts.Count);
        Answer(texts, answers);
        if (answers.Contains((byte)1))
            texts.Look(answers, marks);
        else
            marks.Clear();
    }

    /// <summary>Puts 1 for the numbers whose text matches, and 0 for the others; the number 0 is no text.</summary>
    protected abstract void Answer(TextVector texts, Span<byte> answers);
}

/// <summary>Whether the text is one of a few, byte for byte.</summary>
internal sealed class SameTextTest : TextTest
{
    private readonly TextTable _values = new();

    public SameTextTest(string column, IEnumerable<string> values)
        : base(column)
    {
        foreach (var value in values)
            _values.NumberOf(Encoding.UTF8.GetBytes(value));
    }

    protected override void Answer(TextVector texts, Span<byte> answers)
    {
        answers[0] = 0;
        for (var number = 1; number < answers.Length; number++)
            answers[number] = _values.Find(texts.Bytes(number)) > 0 ? (byte)1 : (byte)0;
    }
}

/// <summary>Any test of a text; remembers its answers from one row group to the next.</summary>
internal sealed class AnyTextTest(string column, Func<string?, bool> holds) : TextTest(column)
{
    // a column of request ids has as many texts as records
    private const int MostTexts = 1 << 17;
    private readonly TextTable _known = new();
    private readonly List<byte> _answers = [Answer(holds(null))];

    protected override void Answer(TextVector texts, Span<byte> answers)
    {
        if (_known.Count > MostTexts)
        {
            _known.Clear();
            _answers.RemoveRange(1, _answers.Count - 1);
        }
        answers[0] = _answers[0];
        for (var number = 1; number < answers.Length; number++)
        {
            var known = _known.NumberOf(texts.Bytes(number));
            if (known == _answers.Count)
                _answers.Add(Answer(holds(texts.Text(number))));
            answers[number] = _answers[known];
        }
    }

    private static byte Answer(bool holds) => holds ? (byte)1 : (byte)0;
}
