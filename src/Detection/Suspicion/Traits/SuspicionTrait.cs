using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>The small thing that is counted: honest repetition does not multiply it.</summary>
internal enum Unit : byte
{
    /// <summary>A session's first request: once a credential.</summary>
    Session,

    /// <summary>A session's first page of personal data: once a credential, where no issuer's log says more.</summary>
    FirstReading,

    /// <summary>A person seen by a session: once per credential and subject.</summary>
    Person,

    /// <summary>A person seen by an employee or a service: once per principal, subject and day.</summary>
    StaffPerson,
}

/// <summary>
/// A kind of theft: its traits are weighed together, and those of other kinds say nothing about it. Somebody who
/// stole an account works from elsewhere; an insider sits at his own desk.
/// </summary>
internal enum Theft : byte
{
    /// <summary>Forged or stolen passes.</summary>
    Pass,

    /// <summary>The same where ordinary pages come first: passes that never logged in, or that try ids.</summary>
    NoLogin,

    /// <summary>A session of his own reads others.</summary>
    Others,

    /// <summary>An employee's or a service's account in other hands.</summary>
    StolenAccount,

    /// <summary>An employee, between his honest work.</summary>
    Insider,
}

internal static class Thefts
{
    /// <summary>What is counted for it.</summary>
    public static Unit Unit(this Theft theft) => theft switch
    {
        Theft.Pass => Traits.Unit.Session,
        Theft.NoLogin => Traits.Unit.FirstReading,
        Theft.Others => Traits.Unit.Person,
        _ => Traits.Unit.StaffPerson,
    };
}

/// <summary>
/// Something that honest people also do, seldom. To add one: a file here, a bit in <see cref="Trait"/>, a line in
/// <see cref="All"/>.
/// </summary>
/// <param name="RateAmongThefts">How often an observation of a theft of that kind shows it: documented, not tuned to a
/// replay.</param>
/// <param name="Words">What it is, for people.</param>
internal abstract record SuspicionTrait(Theft Theft, Trait Bit, double RateAmongThefts, string Words)
{
    public static readonly IReadOnlyList<SuspicionTrait> All =
    [
        new FirstPageTrait(), new UnissuedTrait(), new AbsentSessionTrait(), new DormantSessionTrait(),
        new HostingTrait(), new ForeignTrait(),
        new NoLoginTrait(), new AbsentReadingTrait(),
        new SomeoneElseTrait(), new AbsentPersonTrait(), new DormantPersonTrait(),
        new NewNetworkTrait(), new NewAgentTrait(), new OffHoursTrait(), new NoTicketTrait(),
    ];

    /// <summary>What so many of the ordinary show, in their context, says nothing about anybody there.</summary>
    public virtual double Habit => 0.5;

    /// <summary>False where the logs at hand cannot show the trait at all, so that its absence says nothing.</summary>
    public virtual bool CanShow(DetectionContext context) => true;
}
