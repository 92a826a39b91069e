using System.Text;

namespace WhoSaw.Intake.Tables;

/// <summary>
/// Whom a statement asks for: the values that the subject's column must equal (<c>member_id = $1</c>, <c>= 7</c>,
/// <c>in (7, 8)</c>). What could also show others (<c>or</c>, <c>not</c>, a union) names nobody: people unknown.
/// </summary>
internal sealed class NamedSubjects
{
    /// <summary>How many accounts of one statement are given out.</summary>
    public const int Most = 1000;

    private readonly List<(bool IsParameter, int Start, int Length)> _found = [];

    public int Count => _found.Count;

    /// <summary>Accounts beyond <see cref="Most"/>.</summary>
    public int Left { get; private set; }

    public ReadOnlySpan<byte> At(int index, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> parameters)
    {
        var (isParameter, start, length) = _found[index];
        return (isParameter ? parameters : statement).Slice(start, length);
    }

    public void Read(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> column, ReadOnlySpan<byte> parameters)
    {
        _found.Clear();
        Left = 0;
        if (column.IsEmpty)
            return;
        var words = new SqlWords(statement);
        var (isNegated, isKnown) = (false, true);
        while (isKnown && words.MoveNext())
        {
            if (words.Is("or"u8) || words.Is("union"u8) || words.Is("except"u8))
                isKnown = false;
            else if (words.Kind == SqlWord.Name && IsColumn(words.Text, column))
                isKnown = TakeValues(ref words, parameters) && !(isNegated && _found.Count > 0);
            isNegated = words.Is("not"u8);
        }
        if (!isKnown)
            _found.Clear();
    }

    /// <summary>False when the column is held against something that cannot be read.</summary>
    private bool TakeValues(ref SqlWords words, ReadOnlySpan<byte> parameters)
    {
        if (!words.MoveNext())
            return true;
        if (words.IsSign('='))
            return !words.MoveNext() || TakeOne(ref words, parameters);
        if (!words.Is("in"u8))
            // is null, <, a column that is shown: nothing is named here
            return !words.Is("not"u8) && !words.Is("or"u8) && !words.Is("union"u8);
        if (!words.MoveNext() || !words.IsSign('('))
            return false;
        while (words.MoveNext() && !words.IsSign(')'))
            if (!words.IsSign(',') && !TakeOne(ref words, parameters))
                return false;
        return true;
    }

    private bool TakeOne(ref SqlWords words, ReadOnlySpan<byte> parameters)
    {
        var (isParameter, start, length) = (false, words.Start, words.Length);
        if (words.Kind == SqlWord.Parameter)
        {
            isParameter = true;
            if (!ParameterText.TryFind(parameters, words.Number, out start, out length))
                return false;
        }
        else if (words.Kind is not (SqlWord.Number or SqlWord.Text))
            // another column: a join
            return words.Kind == SqlWord.Name && !words.Is("any"u8) && !words.Is("all"u8);
        if (length == 0)
            return true;
        if (_found.Count == Most)
            Left++;
        else
            _found.Add((isParameter, start, length));
        return true;
    }

    private static bool IsColumn(ReadOnlySpan<byte> name, ReadOnlySpan<byte> column) =>
        Ascii.EqualsIgnoreCase(name[(name.LastIndexOf((byte)'.') + 1)..], column);
}
