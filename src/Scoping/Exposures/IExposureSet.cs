namespace WhoSaw.Scoping.Exposures;

/// <summary>Everything of a scope that is counted from its records; decoys are in no number but their own.</summary>
/// <param name="PeopleAtMost">Each account's holder and the most others that an operation shows.</param>
internal sealed record ExposureTotals(
    long Accounts, long Views, long? First, long? Last, long CanariesTouched, long PeopleAtMost);

internal sealed record OperationTotal(string Name, long Accounts, long Views, long Mask);

internal sealed record ExposureNumbers
{
    public required ExposureTotals Totals { get; init; }

    /// <summary>By name, ordinally.</summary>
    public required IReadOnlyList<OperationTotal> Operations { get; init; }

    /// <summary>As many as <see cref="FieldCatalog.Categories"/>.</summary>
    public required IReadOnlyList<long> AccountsByCategory { get; init; }
    public required IReadOnlyList<DayCount> PerDay { get; init; }
    public required TryCount Refused { get; init; }
    public required TryCount Absent { get; init; }
    public required UnnamedTraffic Unnamed { get; init; }
}

/// <param name="Id">The text behind a number of the dictionary.</param>
internal readonly record struct ExposureRow(
    long Subject, string? Id, string Operation, long Mask, long First, long Last, long Views);

/// <summary>
/// The exposures of one scope. Two kinds: counted by ourselves in memory, or by DuckDB where they do not fit.
/// </summary>
internal interface IExposureSet : IDisposable
{
    ExposureNumbers Numbers { get; }

    /// <summary>Of the pairs of operation and fields that the records of the scope have.</summary>
    FieldCatalog Fields { get; }

    /// <summary>A relation of DuckDB with <c>subject, mask, others_mask, others</c>, a row an account.</summary>
    string AccountsSql();

    /// <summary>Integer accounts by number, then the others by the bytes of their ids, each by operation.</summary>
    IEnumerable<ExposureRow> Rows();
}
