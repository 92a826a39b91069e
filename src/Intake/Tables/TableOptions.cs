using WhoSaw.Records;

namespace WhoSaw.Intake.Tables;

/// <summary>A table of a database that shows personal data, as configured.</summary>
public sealed record TableOptions
{
    /// <summary>As the audit log names it: <c>public.members</c>, or <c>members</c> in any schema.</summary>
    public required string Table { get; init; }

    /// <summary>Unique among routes and tables; stored with every record as its operation.</summary>
    public required string Name { get; init; }

    /// <summary>The column that names the account; empty when none does: rows known, people unknown.</summary>
    public string Subject { get; init; } = "";
    public IReadOnlyList<DataCategory> Shows { get; init; } = [];

    /// <summary>How many further people the rows of one account can show at most.</summary>
    public int Others { get; init; }

    public Operation ToOperation() => new(Name, Shows, Others);
}
