using WhoSaw.Records;

namespace WhoSaw.Detection.Saving;

/// <summary>
/// All texts of a run in the order in which they came. The next run takes them up first and so breaks ties between
/// actors as one without a stop; and parts with millions of texts write numbers for them.
/// </summary>
internal sealed class SavedSymbols(SymbolTable symbols)
{
    private Symbol[] _taken = [];

    public void Save(BinaryWriter state)
    {
        state.Write(symbols.Count);
        for (var index = 1; index < symbols.Count; index++)
        {
            var text = symbols.Bytes(new Symbol(index));
            state.Write7BitEncodedInt(text.Length);
            state.Write(text);
        }
    }

    public void Restore(BinaryReader state)
    {
        _taken = new Symbol[state.ReadInt32()];
        for (var index = 1; index < _taken.Length; index++)
            _taken[index] = symbols.Intern(state.ReadBytes(state.Read7BitEncodedInt()));
    }

    public static void Write(BinaryWriter state, Symbol symbol) => state.Write7BitEncodedInt(symbol.Index);

    /// <summary>The symbol in this run, after <see cref="Restore"/>.</summary>
    public Symbol Read(BinaryReader state) => _taken[state.Read7BitEncodedInt()];

    /// <summary>Everything is read.</summary>
    public void Forget() => _taken = [];
}
