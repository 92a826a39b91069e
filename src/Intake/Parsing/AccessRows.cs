using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>
/// An access log: a row for every person that a request shows, for logins, and for the first use of a credential in a
/// block.
/// </summary>
internal sealed class AccessRows(
    SourceOptions source, RouteTable routes, Fingerprint fingerprint, bool keepAll) : RowMaker
{
    private readonly RouteScratch _scratch = new();
    private readonly CredentialsSeen _seen = new();

    public override void Begin(RecordBlock into) => _seen.Clear();

    public override void Add(ReadOnlySpan<byte> line, long offset, LineFields fields, RecordBlock into)
    {
        var outcome = Outcomes.FromStatus(fields.Status);
        var match = routes.Match(fields.Get(LineField.Method, line), fields.Get(LineField.Target, line), _scratch);
        // In the catalog logins are operation 0 and the routes follow.
        var operation = match.Operation >= 0 ? match.Operation + 1 : match.IsLogin ? 0 : -1;
        into.Totals.Add(fields.Time.MinuteNumber, operation, outcome, fields.Bytes);
        var credential = Credential(line, fields, fingerprint);
        var kind = match.Operation >= 0 || keepAll ? RecordKind.Access
            : match.IsLogin ? RecordKind.Login
            : RecordKind.Activity;
        var isNew = credential != 0 && _seen.Add(credential);
        if (kind == RecordKind.Activity && !isNew)
            return;

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
        if (match.Operation < 0)
            return;
        if (match.LacksTicket(_scratch))
            row.Traits = Trait.NoTicket;
        AddSubjects(match, into);
    }

    /// <summary>
    /// Gives the last row its subject, and repeats it for every further person that the request shows.
    /// </summary>
    private void AddSubjects(in RouteMatch match, RecordBlock into)
    {
        var at = into.Count - 1;
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
        Span<byte> normal = stackalloc byte[64];
        return AddressText.TryNormalise(client, normal, out var written)
            ? Text(normal[..written], into)
            : Text(client, into);
    }
}
