using System.Buffers;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>Turns a block of lines into rows. One instance serves one worker at a time.</summary>
internal sealed class BlockParser
{
    private readonly LineFields _fields = new();
    private readonly RowMaker _rows;
    private readonly EventTime _from;
    private readonly EventTime _to;

    public BlockParser(SourceOptions source, RouteTable routes, Fingerprint fingerprint, IntakeOptions options)
    {
        Format = FormatCatalog.Create(new FormatOptions(source.Format, source.Fields, source.Zone))
            ?? throw new ArgumentException($"there is no format '{source.Format}'", nameof(source));
        // What explains a credential may lie before the stretch that is looked at.
        (_from, _to) = source.Kind == SourceKind.Issuer ? (EventTime.Earliest, EventTime.Latest)
            : (options.From, options.To);
        _rows = source.Kind switch
        {
            SourceKind.Access => new AccessRows(source, routes, fingerprint, options.KeepAll),
            SourceKind.Issuer => new IssuerRows(fingerprint),
            _ => new CountedRows(),
        };
    }

    public LineFormat Format { get; }

    /// <summary>
    /// Reads every line; afterwards the block's bytes are parsed, rejected or blank, and none is left. Returns the
    /// buffer.
    /// </summary>
    public void Parse(LineBlock lines, RecordBlock into)
    {
        into.Clear();
        _rows.Begin(into);
        if (lines.TooLongLine > 0)
        {
            into.Lines++;
            into.BytesRejected += lines.TooLongLine;
            into.Reject(lines.Offset, RejectReason.TooLong, lines.Bytes);
        }
        else
        {
            Format.BeginBlock(lines.Directive);
            ParseLines(lines, into);
        }
        ArrayPool<byte>.Shared.Return(lines.Buffer);
    }

    private void ParseLines(LineBlock lines, RecordBlock into)
    {
        var rest = lines.Bytes;
        var offset = lines.Offset;
        while (RecordCutter.TryNext(rest, lines.Framing, final: true, out var start, out var length, out var consumed))
        {
            ParseLine(rest.Slice(start, length), offset + start, consumed, into);
            offset += consumed;
            rest = rest[consumed..];
        }
    }

    private void ParseLine(ReadOnlySpan<byte> line, long offset, int consumed, RecordBlock into)
    {
        if (line.TrimStart(" \t\r"u8).IsEmpty)
        {
            into.Blank++;
            into.BytesBlank += consumed;
            return;
        }
        into.Lines++;
        _fields.Clear();
        var reason = Format.Parse(line, _fields);
        switch (reason)
        {
            case RejectReason.None:
                into.Records++;
                into.BytesParsed += consumed;
                if (_fields.Time < _from || _fields.Time >= _to)
                    break;
                into.See(_fields.Time);
                _rows.Add(line, offset, _fields, into);
                break;
            case RejectReason.Directive:
                into.Lines--;
                into.Blank++;
                into.BytesBlank += consumed;
                break;
            default:
                into.BytesRejected += consumed;
                into.Reject(offset, reason, line);
                break;
        }
    }
}
