namespace WhoSaw.Records;

/// <summary>What a row of a batch is. Not all are evidence: see <see cref="RecordKinds.IsKept"/>.</summary>
public enum RecordKind : byte
{
    /// <summary>Personal data was asked for.</summary>
    Access,

    /// <summary>A request to a login route.</summary>
    Login,

    /// <summary>A request that shows nobody's data but tells that its credential was in use.</summary>
    Activity,

    /// <summary>The issuer created or refreshed a credential.</summary>
    Issued,

    /// <summary>The issuer revoked a credential.</summary>
    Revoked,

    /// <summary>
    /// Rows that a database gave to a principal, of whom nobody is named: rows known, people unknown.
    /// </summary>
    Statement,

    /// <summary>Bytes that the host <see cref="AccessRecord.Principal"/> sent to the client, in a minute.</summary>
    Flow,

    /// <summary>A large answer that shows nobody's data as far as is known.</summary>
    Transfer,

    /// <summary>
    /// Text that looks like personal data stands in a line. Target: the place (field and path template); status: the
    /// <see cref="SightingKind"/>; rows: a keyed hash of the text; bytes: how often; outcome: disclosed when its
    /// checksum is right. Stored nowhere.
    /// </summary>
    Sighting,
}

/// <summary>What a <see cref="RecordKind.Sighting"/> looks like.</summary>
public enum SightingKind : byte
{
    ResidentNumber,

    /// <summary>As the first, of somebody born so late that the number may lack a checksum.</summary>
    LateResidentNumber,
    Card,
    Phone,
    Email,
}

public static class RecordKinds
{
    /// <summary>Whether rows of this kind go into the ledger.</summary>
    public static bool IsKept(this RecordKind kind) =>
        kind is RecordKind.Access or RecordKind.Login or RecordKind.Statement or RecordKind.Flow
            or RecordKind.Transfer;
}
