using System.Text;
using WhoSaw.Intake.Routes;

namespace WhoSaw.Intake.Tables;

/// <summary>Finds the configured table that a statement reads. Immutable; threads share it.</summary>
internal sealed class TableList
{
    private readonly (byte[] Name, byte[] Subject)[] _tables;

    public TableList(IReadOnlyList<TableOptions> tables) =>
        _tables = [.. tables.Select(t => (Encoding.UTF8.GetBytes(t.Table), Encoding.UTF8.GetBytes(t.Subject)))];

    public ReadOnlySpan<byte> SubjectOf(int table) => _tables[table].Subject;

    /// <summary>By the object that the log names, else by the words of the statement; -1 when none is known.</summary>
    public int Find(ReadOnlySpan<byte> named, ReadOnlySpan<byte> statement)
    {
        if (_tables.Length == 0)
            return -1;
        var found = named.IsEmpty ? -1 : Find(named);
        if (found >= 0)
            return found;
        var words = new SqlWords(statement);
        // from here to the next clause stand tables and their aliases
        var isList = false;
        while (words.MoveNext())
        {
            if (words.Kind != SqlWord.Name)
                continue;
            if (words.Is("from"u8) || words.Is("join"u8) || words.Is("copy"u8) || words.Is("table"u8))
                isList = true;
            else if (words.Is("where"u8) || words.Is("on"u8) || words.Is("using"u8) || words.Is("select"u8)
                || words.Is("group"u8) || words.Is("order"u8) || words.Is("to"u8))
                isList = false;
            else if (isList && Find(words.Text) is >= 0 and var table)
                return table;
        }
        return -1;
    }

    /// <summary>A name with a schema fits that table alone; one without fits it in any schema.</summary>
    private int Find(ReadOnlySpan<byte> name)
    {
        for (var table = 0; table < _tables.Length; table++)
        {
            ReadOnlySpan<byte> known = _tables[table].Name;
            if (SegmentTable.SameText(known, name))
                return table;
            var (knownDot, dot) = (known.LastIndexOf((byte)'.'), name.LastIndexOf((byte)'.'));
            if ((knownDot < 0 || dot < 0) && SegmentTable.SameText(known[(knownDot + 1)..], name[(dot + 1)..]))
                return table;
        }
        return -1;
    }
}
