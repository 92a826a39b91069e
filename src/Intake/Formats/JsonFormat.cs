namespace WhoSaw.Intake.Formats;

/// <summary>JSON lines: with a mapping, with the usual names, or with the names of a known writer.</summary>
internal sealed class JsonFormat(string name, JsonLineReader reader, Framing framing) : LineFormat
{
    public override string Name => name;

    public override Framing Framing => framing;

    public override RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields) => reader.Read(line, fields);
}
