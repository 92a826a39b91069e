using WhoSaw.Records;

namespace WhoSaw.Detection.Saving;

/// <summary>
/// How saved state writes the values of a batch. Symbols, files and operations are numbers of one run: their texts are
/// written, and they get the numbers of the next run when they are read.
/// </summary>
internal static class StateValues
{
    public static void WriteSymbol(this BinaryWriter state, Catalog catalog, Symbol symbol)
    {
        var text = catalog.Symbols.Bytes(symbol);
        state.Write7BitEncodedInt(text.Length);
        state.Write(text);
    }

    public static Symbol ReadSymbol(this BinaryReader state, Catalog catalog) =>
        catalog.Symbols.Intern(state.ReadBytes(state.Read7BitEncodedInt()));

    public static void WriteTime(this BinaryWriter state, EventTime time) => state.Write(time.Microseconds);

    public static EventTime ReadTime(this BinaryReader state) => new(state.ReadInt64());

    public static void WriteLocation(this BinaryWriter state, RecordLocation location)
    {
        state.Write(location.File);
        state.Write(location.Offset);
    }

    public static RecordLocation ReadLocation(this BinaryReader state) => new(state.ReadString(), state.ReadInt64());

    public static void WriteLocations(this BinaryWriter state, IReadOnlyCollection<RecordLocation> locations)
    {
        state.Write7BitEncodedInt(locations.Count);
        foreach (var location in locations)
            state.WriteLocation(location);
    }

    public static List<RecordLocation> ReadLocations(this BinaryReader state)
    {
        var locations = new List<RecordLocation>();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            locations.Add(state.ReadLocation());
        return locations;
    }

    public static void WriteOperation(this BinaryWriter state, Catalog catalog, int operation) =>
        state.Write(operation < 0 ? "" : catalog.Operations[operation].Name);

    /// <summary>-1 for none, and for an operation that the configuration has no longer.</summary>
    public static short ReadOperation(this BinaryReader state, Catalog catalog)
    {
        var name = state.ReadString();
        for (var i = 0; i < catalog.Operations.Count; i++)
            if (name.Length > 0 && catalog.Operations[i].Name == name)
                return (short)i;
        return -1;
    }

    /// <summary>Where the line of a row is.</summary>
    public static RecordLocation LocationOf(this Catalog catalog, AccessBatch batch, int row) =>
        new(catalog.Files[batch.File[row]].Path, batch.Offset[row]);
}
