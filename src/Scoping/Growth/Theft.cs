using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>What gave a step away.</summary>
public enum GrowthTrail
{
    /// <summary>Addresses, sessions, keys … whose observations have evidence beyond chance.</summary>
    Actors,

    /// <summary>Tenants were shown accounts of other tenants.</summary>
    OtherTenant,

    /// <summary>An employee reads without a ticket, or at hours at which nobody in the role reads.</summary>
    Insider,

    /// <summary>Sessions that were opened where passwords are tried out.</summary>
    GuessedPasswords,

    /// <summary>Such sessions, at an address of their own later on.</summary>
    CarriedOn,

    /// <summary>An operation answers with more than before, to everybody.</summary>
    FullerAnswers,
}

/// <summary>A literal with what speaks for it, before it is known whom it adds.</summary>
/// <param name="Positive">How many of the observations no honest traffic explains.</param>
internal sealed record Lead(
    GrowthTrail Trail, Predicate Literal, double Evidence, long Observations, double Positive)
{
    public double Purity => Positive / Observations;

    public double PurityAtLeast => Statistics.Wilson(Positive, Observations);
}

/// <summary>
/// Leads that stand together: a seed that has a record of one of them leads to all. That a theft is one does not
/// depend on the seed.
/// </summary>
internal sealed record Theft(IReadOnlyList<Lead> Leads);
