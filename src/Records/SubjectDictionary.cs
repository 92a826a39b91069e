namespace WhoSaw.Records;

/// <summary>
/// Numbers for account ids that are not integers: -1, -2, … in the order in which they came. Persistent with a ledger,
/// so that a number means the same account for ever. One writer.
/// </summary>
public sealed class SubjectDictionary
{
    private readonly SymbolTable _ids = new();

    /// <summary>How many ids have a number.</summary>
    public int Count => _ids.Count - 1;

    /// <summary>The number of an account id, as integer or from the dictionary; none for an empty text.</summary>
    public SubjectId Resolve(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return SubjectId.None;
        return SubjectId.TryParseInteger(text, out var id) ? id : new SubjectId(-(long)_ids.Intern(text).Index);
    }

    /// <summary>The same for an id as <see cref="Text"/> writes it.</summary>
    public SubjectId Resolve(string text) => Resolve(SubjectText.ToBytes(text));

    /// <summary>The number of an id that is known already; none when it is not.</summary>
    public SubjectId Find(string text)
    {
        var utf8 = SubjectText.ToBytes(text);
        if (SubjectId.TryParseInteger(utf8, out var id))
            return id;
        var symbol = utf8.Length == 0 ? Symbol.None : _ids.Find(utf8);
        return symbol.IsNone ? SubjectId.None : new SubjectId(-(long)symbol.Index);
    }

    /// <summary>
    /// The account id as the logs wrote it; an id that is not UTF-8 reads <c>bytes:</c> and its bytes in hex.
    /// </summary>
    public string Text(SubjectId id) =>
        id.IsFromDictionary ? SubjectText.FromBytes(_ids.Bytes(new Symbol((int)-id.Value))) : id.ToString();
}
