namespace WhoSaw.Records;

/// <summary>What a row of a batch is. Only <see cref="Access"/> and <see cref="Login"/> go into the ledger.</summary>
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
}
