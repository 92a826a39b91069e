using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>
/// What the findings that were made already name. What has the same cause is told there as a reason, not again as a
/// finding of its own.
/// </summary>
/// <param name="Unissued">Passes that nobody issued are a finding.</param>
/// <param name="Found">Credentials and principals that findings point to.</param>
internal sealed record Causes(bool Unissued, IReadOnlySet<Actor> Found)
{
    public static readonly Causes None = new(false, new HashSet<Actor>());

    public bool Name(AccessBatch batch, int row) =>
        (Unissued && (batch.Traits[row] & Trait.Unissued) != 0) || Name(batch.Credential[row]);

    public bool Name(ulong credential) =>
        credential != 0 && Found.Contains(new Actor(ActorKind.Credential, credential));

    public bool Name(Symbol principal) =>
        !principal.IsNone && Found.Contains(new Actor(ActorKind.Principal, (ulong)principal.Index));

    /// <summary>Most of these sessions are in other findings.</summary>
    public bool Name(SessionSample sessions) =>
        sessions.Count > 0
        && (sessions.Credentials.Count(Name) * 2 > sessions.Credentials.Count
            || (Unissued && sessions.Unissued * 2 > sessions.Count));
}
