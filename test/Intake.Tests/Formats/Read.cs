using System.Text;
using System.Text.Json;
using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

/// <summary>Reads lines as <c>whosaw parse</c> does.</summary>
internal static class Read
{
    public static LineFormat Format(string format, params (string Field, string Path)[] fields)
    {
        var options = new FormatOptions(
            format, fields.Length == 0 ? null : fields.ToDictionary(f => f.Field, f => f.Path));
        Assert.Empty(FormatCatalog.Validate(options));
        return FormatCatalog.Create(options)!;
    }

    public static Line One(string format, string line, params (string Field, string Path)[] fields) =>
        One(Format(format, fields), Encoding.UTF8.GetBytes(line));

    public static Line One(LineFormat format, byte[] line)
    {
        var fields = new LineFields();
        fields.Clear();
        return new Line(format.Parse(line, fields), fields, line);
    }

    public static List<string> All(LineFormat format, byte[] content)
    {
        var lines = new RecordLines(format.Framing, new MemoryStream(content));
        var fields = new LineFields();
        var results = new List<string>();
        format.BeginBlock(default);
        while (lines.TryNext(out var line))
        {
            fields.Clear();
            var reason = format.Parse(line, fields);
            if (reason == RejectReason.Directive)
                continue;
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
                LineJson.Write(writer, line, fields, reason);
            results.Add(Encoding.UTF8.GetString(stream.ToArray()));
        }
        return results;
    }

    internal sealed record Line(RejectReason Reason, LineFields Fields, byte[] Bytes)
    {
        public string this[LineField field] => Encoding.UTF8.GetString(Fields.Get(field, Bytes));

        public string Time => Fields.HasTime ? Fields.Time.ToString() : "";
    }
}
