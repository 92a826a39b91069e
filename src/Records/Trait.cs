namespace WhoSaw.Records;

/// <summary>
/// What is odd about a record; stored with it as the bit mask <c>traits</c>. Bits are part of the segment format.
/// </summary>
[Flags]
public enum Trait : uint
{
    None = 0,

    /// <summary>The session's first request, to a page of personal data, with no login before it.</summary>
    FirstPage = 1 << 0,

    /// <summary>No issuer record explains the credential.</summary>
    Unissued = 1 << 1,

    /// <summary>There is no such subject.</summary>
    Absent = 1 << 2,
    Dormant = 1 << 3,

    /// <summary>The subject is not the session's account.</summary>
    SomeoneElse = 1 << 4,

    /// <summary>The subject's id is next to the actor's last.</summary>
    Adjacent = 1 << 5,
    Hosting = 1 << 6,
    OffHours = 1 << 7,
    NewNetwork = 1 << 8,
    NewAgent = 1 << 9,

    /// <summary>The subject is a decoy account.</summary>
    Canary = 1 << 10,
    Foreign = 1 << 11,
    NoTicket = 1 << 12,

    /// <summary>The credential was used after it expired.</summary>
    Expired = 1 << 13,

    /// <summary>The credential was used for another account than it was issued to.</summary>
    Borrowed = 1 << 14,

    /// <summary>The first request that was seen of its credential.</summary>
    SessionStart = 1 << 15,

    /// <summary>The subject belongs to another tenant than the one who reads it.</summary>
    OtherTenant = 1 << 16,

    /// <summary>The session read personal data before any log-in of its own; from that record on.</summary>
    NoLogin = 1 << 17,
}

/// <summary>The names of traits in predicates and output, in the order of their bits.</summary>
public static class TraitNames
{
    public static readonly IReadOnlyList<(string Name, Trait Trait)> All =
    [
        ("first-page", Trait.FirstPage), ("unissued", Trait.Unissued), ("absent", Trait.Absent),
        ("dormant", Trait.Dormant), ("someone-else", Trait.SomeoneElse), ("adjacent", Trait.Adjacent),
        ("hosting", Trait.Hosting), ("off-hours", Trait.OffHours), ("new-network", Trait.NewNetwork),
        ("new-agent", Trait.NewAgent), ("canary", Trait.Canary), ("foreign", Trait.Foreign),
        ("no-ticket", Trait.NoTicket), ("expired", Trait.Expired), ("borrowed", Trait.Borrowed),
        ("session-start", Trait.SessionStart), ("other-tenant", Trait.OtherTenant),
        ("no-login", Trait.NoLogin),
    ];

    /// <summary>The trait of that name, or null.</summary>
    public static Trait? Find(string name)
    {
        foreach (var (known, trait) in All)
            if (known == name)
                return trait;
        return null;
    }
}
