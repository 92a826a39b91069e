using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sightings;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>
/// An access log: a row for every person that a request shows, for logins, and for the first time in a block and an
/// hour that a credential does something else. Detection must not ask how many of these there are: blocks are cut as
/// files grow.
/// </summary>
internal sealed class AccessRows(
    SourceOptions source, RouteTable routes, Fingerprint fingerprint, bool keepAll) : RowMaker
{
    /// <summary>
    /// So many bytes are an answer that outflow counts; docs/detectors/outflow.md has the number too.
    /// </summary>
    internal const long LargeAnswer = 1 << 20;

    private readonly RouteScratch _scratch = new();
    private readonly CredentialsSeen _seen = new();
    private readonly ScriptCalls _scripts = new();
    private bool _isFirst;
    private long _hour;

    public override void Begin(RecordBlock into)
    {
        _seen.Clear();
        _scripts.Clear();
        _isFirst = true;
    }

    public override void Add(ReadOnlySpan<byte> line, long offset, LineFields fields, RecordBlock into)
    {
        var outcome = Outcomes.FromStatus(fields.Status);
        var target = fields.Get(LineField.Target, line);
        var match = routes.Match(fields.Get(LineField.Method, line), target, _scratch);
        // In the catalog logins are operation 0 and the routes follow.
        var operation = match.Operation >= 0 ? match.Operation + 1 : match.IsLogin ? 0 : -1;
        into.Totals.Add(fields.Time.MinuteNumber, operation, outcome, fields.Bytes);
        var credential = Credential(line, fields, fingerprint);
        var kind = match.Operation >= 0 || keepAll ? RecordKind.Access
            : match.IsLogin ? RecordKind.Login
            : RecordKind.Activity;
        var isNew = kind == RecordKind.Activity && credential != 0 && IsNewInHour(credential, fields.Time);
        var isTold = fields.Bytes >= LargeAnswer
            || kind == RecordKind.Activity && outcome == Outcome.Disclosed && _scripts.IsFirst(target);
        // the first of a block says that the source is alive
        if (kind != RecordKind.Activity || isNew || _isFirst)
            AddRow(line, offset, fields, kind, operation, outcome, credential, into);
        var wasFirst = _isFirst;
        _isFirst = false;
        if (!isTold)
        {
            if (match.Operation >= 0)
                AddSubjects(match, into);
            return;
        }
        // What a large answer and a script's call are told apart by. An access has its row already.
        if (kind == RecordKind.Activity && (fields.Bytes >= LargeAnswer || !(isNew || wasFirst)))
            AddRow(line, offset, fields, fields.Bytes >= LargeAnswer ? RecordKind.Transfer : kind, operation, outcome,
                credential, into);
        into.Rows[into.Count - 1].Target = TemplateOf(target, into);
        if (match.Operation >= 0)
            AddSubjects(match, into);
    }

    private void AddRow(
        ReadOnlySpan<byte> line, long offset, LineFields fields, RecordKind kind, int operation, Outcome outcome,
        ulong credential, RecordBlock into)
    {
        ref var row = ref into.Add();
        row = default;
        row.Time = fields.Time;
        row.Offset = offset;
        row.Kind = kind;
        row.Operation = (short)operation;
        row.Outcome = outcome;
        row.Status = (short)Math.Clamp(fields.Status, 0, short.MaxValue);
        row.Bytes = fields.Bytes;
        row.Credential = credential;
        row.Expires = EventTime.Latest;
        row.Account = Account(fields.Get(LineField.Account, line), into);
        row.Subject = SubjectId.None;
        row.Client = Client(line, fields, into);
        row.Agent = Text(fields.Get(LineField.Agent, line), into);
        row.Key = Text(fields.Get(LineField.Key, line), into);
        row.Principal = Text(Principal(line, fields), into);
        row.Method = Text(fields.Get(LineField.Method, line), into);
        if (fields.Has(LineField.Request))
            row.Request = into.Keep(fields.Get(LineField.Request, line));
    }

    private bool IsNewInHour(ulong credential, EventTime time)
    {
        var hour = time.Microseconds / EventTime.Hour;
        if (hour != _hour)
            _seen.Clear();
        _hour = hour;
        return _seen.Add(credential);
    }

    private static Symbol TemplateOf(ReadOnlySpan<byte> target, RecordBlock into)
    {
        Span<byte> room = stackalloc byte[PathShape.LongestLength];
        return Text(room[..PathShape.Write(target, room)], into);
    }

    /// <summary>
    /// Gives the last row its subject, and repeats it for every further person that the request shows.
    /// </summary>
    private void AddSubjects(in RouteMatch match, RecordBlock into)
    {
        var at = into.Count - 1;
        if (match.LacksTicket(_scratch))
            into.Rows[at].Traits = Trait.NoTicket;
        if (match.SubjectFrom == SubjectPlace.Account)
        {
            into.Rows[at].Subject = into.Rows[at].Account;
            return;
        }
        var subjects = match.Subjects(_scratch);
        into.SubjectsLeft += subjects.Left;
        for (var subject = 0; subject < subjects.Count; subject++)
        {
            if (subject > 0)
                into.Add() = into.Rows[at];
            into.Rows[at + subject].Subject = Account(subjects[subject], into);
        }
    }

    private static ReadOnlySpan<byte> Principal(ReadOnlySpan<byte> line, LineFields fields) =>
        fields.Has(LineField.Principal) ? fields.Get(LineField.Principal, line) : fields.Get(LineField.User, line);

    private Symbol Client(ReadOnlySpan<byte> line, LineFields fields, RecordBlock into)
    {
        var client = fields.Get(LineField.Client, line);
        if (source.TrustedProxies > 0)
            client = ForwardedClient.Pick(client, fields.Get(LineField.Forwarded, line), source.TrustedProxies);
        return AddressOf(client, into);
    }
}
