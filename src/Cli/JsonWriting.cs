using System.Text.Json;

namespace WhoSaw.Cli;

/// <summary>What documents for other programs have in common.</summary>
internal static class JsonWriting
{
    /// <summary>An indented document with a line feed at its end.</summary>
    public static void WriteDocument(this Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            write(json);
        output.Write("\n"u8);
    }

    /// <summary>A number of at most six places, or null.</summary>
    public static void WriteRounded(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, Math.Round(number, 6));
        else
            json.WriteNull(name);
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
