using System.Buffers;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sightings;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tables;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>Turns a block of lines into rows. One instance serves one worker at a time.</summary>
internal sealed class BlockParser
{
    private readonly LineFields _fields = new();
    private readonly RowMaker _rows;
    private readonly SightingRows _sightings;
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
            SourceKind.Audit => new AuditRows(new TableList(options.Tables), routes.Count + 1),
            _ => new FlowRows(),
        };
        _sightings = new SightingRows(fingerprint);
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
            _sightings.Begin(lines.Bytes);
            ParseLines(lines, into);
            _sightings.End(into);
        }
        ArrayPool<byte>.Shared.Return(lines.Buffer);
    }

    private void ParseLines(LineBlock lines, RecordBlock into)
    {
        var rest = lines.Bytes;
        var offset = lines.Offset;
        while (RecordCutter.TryNext(rest, lines.Framing, final: true, out var start, out var length, out var consumed))
        {
            // what a writer leaves that does not notice that its log was emptied: a hole before its next line
            var line = rest.Slice(start, length).TrimStart((byte)0);
            start += length - line.Length;
            var isRecord = ParseLine(line, offset + start, consumed, into, out var isLookedAt);
            var end = (int)(offset - lines.Offset) + consumed;
            if (_sightings.IsBefore(end))
            {
                if (isLookedAt)
                    _sightings.Add(
                        line, end - consumed + start, end, offset + start, isRecord ? _fields : null,
                        isRecord ? _fields.Time : into.Last == EventTime.Earliest ? EventTime.Latest : into.Last,
                        into);
                else
                    _sightings.Skip(end);
            }
            offset += consumed;
            rest = rest[consumed..];
        }
    }

    /// <summary>True for a record; a line that lies outside the looked-at time is not looked at.</summary>
    private bool ParseLine(
        ReadOnlySpan<byte> line, long offset, int consumed, RecordBlock into, out bool isLookedAt)
    {
        isLookedAt = true;
        if (line.TrimStart(" \t\r"u8).IsEmpty)
        {
            into.Blank++;
            into.BytesBlank += consumed;
            return false;
        }
        into.Lines++;
        _fields.Clear();
        var reason = Format.Parse(line, _fields);
        switch (reason)
        {
            case RejectReason.None:
                into.Records++;
                into.BytesParsed += consumed;
                isLookedAt = _fields.Time >= _from && _fields.Time < _to;
                if (!isLookedAt)
                    break;
                into.See(_fields.Time);
                _rows.Add(line, offset, _fields, into);
                return true;
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
        return false;
    }
}
