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

/// <summary>Any test of a text: asked once for each different text, and not for each row.</summary>
internal sealed class TextTest(string column, Func<string?, bool> holds) : VectorTest
{
    private readonly List<byte> _answers = [];
    private int _generation = -1;

    public override void Mark(SegmentReader rows, Span<byte> marks)
    {
        var vector = rows.Texts(column);
        if (vector.Texts.Generation != _generation)
            _answers.Clear();
        _generation = vector.Texts.Generation;
        for (var number = _answers.Count; number < vector.Texts.Count; number++)
            _answers.Add(holds(number == 0 ? null : vector.Texts.Text(number)) ? (byte)1 : (byte)0);
        var answers = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_answers);
        for (var i = 0; i < marks.Length; i++)
            marks[i] = answers[vector.Numbers[i]];
    }
}
