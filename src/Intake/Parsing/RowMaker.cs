using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>What the fields of a line mean, by the kind of its source.</summary>
internal abstract class RowMaker
{
    public virtual void Begin(RecordBlock into)
    {
    }

    public abstract void Add(ReadOnlySpan<byte> line, long offset, LineFields fields, RecordBlock into);

    /// <summary>An account id as the block knows it: the integer, or the negative number of a local symbol.</summary>
    protected static SubjectId Account(ReadOnlySpan<byte> text, RecordBlock into)
    {
        if (text.IsEmpty)
            return SubjectId.None;
        return SubjectId.TryParseInteger(text, out var id) ? id : new SubjectId(-(long)into.Symbols.Intern(text));
    }

    protected static Symbol Text(ReadOnlySpan<byte> text, RecordBlock into) => new(into.Symbols.Intern(text));

    /// <summary>An address in its one form; anything else as the log has it.</summary>
    protected static Symbol AddressOf(ReadOnlySpan<byte> text, RecordBlock into)
    {
        Span<byte> normal = stackalloc byte[AddressText.LongestLength];
        return AddressText.TryNormalise(text, normal, out var written)
            ? Text(normal[..written], into)
            : Text(text, into);
    }

    /// <summary>-1 is an unknown number.</summary>
    protected static long Sum(long one, long other) => one < 0 ? other : other < 0 ? one : one + other;

    /// <summary>
    /// Fingerprint of the session or token, 0 when there is none. A whole token is taken apart first and dropped.
    /// </summary>
    protected static ulong Credential(ReadOnlySpan<byte> line, LineFields fields, Fingerprint fingerprint)
    {
        if (fields.Has(LineField.Token))
            JsonWebToken.TryTakeApart(fields.Get(LineField.Token, line), fields);
        var credential = fields.Get(LineField.Credential, line);
        return credential.IsEmpty ? 0 : fingerprint.Of(credential);
    }
}

/// <summary>The issuer's log: one row an issuance or revocation.</summary>
internal sealed class IssuerRows(Fingerprint fingerprint) : RowMaker
{
    public override void Add(ReadOnlySpan<byte> line, long offset, LineFields fields, RecordBlock into)
    {
        into.Totals.Add(fields.Time.MinuteNumber, -1, Outcome.Other, fields.Bytes);
        var credential = Credential(line, fields, fingerprint);
        if (credential == 0)
            return;
        ref var row = ref into.Add();
        row = default;
        row.Time = fields.Time;
        row.Offset = offset;
        row.Kind = fields.Get(LineField.Event, line).StartsWith("revoke"u8) ? RecordKind.Revoked : RecordKind.Issued;
        row.Operation = -1;
        row.Bytes = -1;
        row.Credential = credential;
        row.Account = Account(fields.Get(LineField.Account, line), into);
        row.Subject = SubjectId.None;
        row.Key = Text(fields.Get(LineField.Key, line), into);
        row.Expires = fields.Expires;
    }
}
