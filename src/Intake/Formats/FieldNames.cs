namespace WhoSaw.Intake.Formats;

/// <summary>Where a value of a line goes: a text field, or one of the numbers and times.</summary>
internal enum FieldSlot : byte
{
    // the text fields have the numbers of LineField
    Time = 100,
    Status,
    Bytes,
    Duration,
    Rows,
    Expires,

    /// <summary>Is there at all: an error of a cloud call.</summary>
    Error,
}

/// <summary>The names of fields in a configuration.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, FieldSlot> Slots = Make();

    public static IReadOnlyCollection<string> All => Slots.Keys;

    public static bool TryFind(string name, out FieldSlot slot) => Slots.TryGetValue(name, out slot);

    private static Dictionary<string, FieldSlot> Make()
    {
        var slots = new Dictionary<string, FieldSlot>(StringComparer.Ordinal)
        {
            ["time"] = FieldSlot.Time,
            ["status"] = FieldSlot.Status,
            ["bytes"] = FieldSlot.Bytes,
            ["duration"] = FieldSlot.Duration,
            ["rows"] = FieldSlot.Rows,
            ["expires"] = FieldSlot.Expires,
        };
        foreach (var field in Enum.GetValues<LineField>())
        {
            if (field != LineField.Stem)
                slots[field.ToString().ToLowerInvariant()] = (FieldSlot)field;
        }
        return slots;
    }
}
