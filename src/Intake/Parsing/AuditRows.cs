using System.Text;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tables;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>
/// A database's audit log. A statement that names its people is an access to each of them; one that names nobody is
/// rows without people. Statements on tables that are not configured are summed by minute, principal, client and
/// session; what writes and does not read is counted in the totals alone.
/// </summary>
internal sealed class AuditRows(TableList tables, int firstOperation) : RowMaker
{
    private readonly NamedSubjects _named = new();
    private readonly Dictionary<(long Minute, int Principal, int Client, int Session), int> _sums = [];

    public override void Begin(RecordBlock into) => _sums.Clear();

    public override void Add(ReadOnlySpan<byte> line, long offset, LineFields fields, RecordBlock into)
    {
        var statement = fields.Get(LineField.Statement, line);
        var command = fields.Has(LineField.Method) ? fields.Get(LineField.Method, line) : statement;
        var table = tables.Find(fields.Get(LineField.Object, line), statement);
        var operation = table < 0 ? -1 : firstOperation + table;
        var reads = Reads(command);
        if (reads && table >= 0)
            _named.Read(statement, tables.SubjectOf(table), fields.Get(LineField.Parameters, line));
        var names = reads && table >= 0 && _named.Count > 0;
        var outcome = !reads ? Outcome.Other
            : fields.Rows != 0 ? Outcome.Disclosed
            : names ? Outcome.Absent : Outcome.Other;
        into.Totals.Add(fields.Time.MinuteNumber, operation, outcome, fields.Bytes);
        if (!reads || !names && fields.Rows == 0)
            return;
        var client = AddressOf(fields.Get(LineField.Client, line), into);
        var principal = Text(
            fields.Get(fields.Has(LineField.Principal) ? LineField.Principal : LineField.User, line), into);
        var session = fields.Get(LineField.Session, line);
        if (operation < 0 && AddsToSum(fields, principal, client, Text(session, into), into))
            return;
        ref var row = ref into.Add();
        row = default;
        row.Time = fields.Time;
        row.Offset = offset;
        row.Kind = names ? RecordKind.Access : RecordKind.Statement;
        row.Operation = (short)operation;
        row.Outcome = outcome;
        row.Bytes = fields.Bytes;
        row.Rows = Math.Max(0, fields.Rows);
        row.Expires = EventTime.Latest;
        row.Account = SubjectId.None;
        row.Subject = SubjectId.None;
        row.Client = client;
        row.Principal = principal;
        row.Method = Text(command[..Math.Min(command.Length, WordLength(command))], into);
        if (!session.IsEmpty)
            row.Request = into.Keep(session);
        if (names)
            AddSubjects(statement, fields.Get(LineField.Parameters, line), into);
    }

    /// <summary>The rows count once, with the first account.</summary>
    private void AddSubjects(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> parameters, RecordBlock into)
    {
        var at = into.Count - 1;
        into.SubjectsLeft += _named.Left;
        for (var subject = 0; subject < _named.Count; subject++)
        {
            if (subject > 0)
            {
                into.Add() = into.Rows[at];
                into.Rows[at + subject].Rows = 0;
            }
            into.Rows[at + subject].Subject = Account(_named.At(subject, statement, parameters), into);
        }
    }

    private bool AddsToSum(LineFields fields, Symbol principal, Symbol client, Symbol session, RecordBlock into)
    {
        var key = (fields.Time.MinuteNumber, principal.Index, client.Index, session.Index);
        if (!_sums.TryGetValue(key, out var at))
        {
            _sums.Add(key, into.Count);
            return false;
        }
        into.Rows[at].Rows += Math.Max(0, fields.Rows);
        into.Rows[at].Bytes = Sum(into.Rows[at].Bytes, fields.Bytes);
        return true;
    }

    private static bool Reads(ReadOnlySpan<byte> command)
    {
        command = command[..WordLength(command)];
        return command.IsEmpty || Ascii.EqualsIgnoreCase(command, "select"u8)
            || Ascii.EqualsIgnoreCase(command, "fetch"u8) || Ascii.EqualsIgnoreCase(command, "copy"u8)
            || Ascii.EqualsIgnoreCase(command, "with"u8) || Ascii.EqualsIgnoreCase(command, "execute"u8)
            || Ascii.EqualsIgnoreCase(command, "table"u8) || Ascii.EqualsIgnoreCase(command, "read"u8);
    }

    private static int WordLength(ReadOnlySpan<byte> command)
    {
        var end = command.IndexOfAnyExceptInRange((byte)'A', (byte)'z');
        return end < 0 ? command.Length : end;
    }
}

/// <summary>
/// Bytes between hosts. The flows of a minute from one host to another are one row: the sender is its principal, the
/// receiver its client, the port its method.
/// </summary>
internal sealed class FlowRows : RowMaker
{
    private readonly Dictionary<(long Minute, int From, int To, int Port), int> _sums = [];

    public override void Begin(RecordBlock into) => _sums.Clear();

    public override void Add(ReadOnlySpan<byte> line, long offset, LineFields fields, RecordBlock into)
    {
        into.Totals.Add(fields.Time.MinuteNumber, -1, Outcome.Other, fields.Bytes);
        var from = AddressOf(fields.Get(LineField.From, line), into);
        var to = AddressOf(fields.Get(LineField.To, line), into);
        if (fields.Bytes <= 0 || from.IsNone && to.IsNone)
            return;
        var port = Text(fields.Get(LineField.Port, line), into);
        var key = (fields.Time.MinuteNumber, from.Index, to.Index, port.Index);
        if (_sums.TryGetValue(key, out var at))
        {
            into.Rows[at].Bytes = Sum(into.Rows[at].Bytes, fields.Bytes);
            return;
        }
        _sums.Add(key, into.Count);
        ref var row = ref into.Add();
        row = default;
        row.Time = fields.Time;
        row.Offset = offset;
        row.Kind = RecordKind.Flow;
        row.Operation = -1;
        row.Bytes = fields.Bytes;
        row.Expires = EventTime.Latest;
        row.Account = SubjectId.None;
        row.Subject = SubjectId.None;
        row.Client = to;
        row.Principal = from;
        row.Method = port;
    }
}
