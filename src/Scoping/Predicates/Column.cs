using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

internal enum ColumnType : byte
{
    Text,
    Integer,
    Time,
    Account,
    Credential,
    Outcome,
    Category,
}

/// <summary>
/// A column that an expression may name. <paramref name="Sql"/> is the only text that reaches DuckDB as a name.
/// </summary>
internal sealed record Column(string Name, string Sql, ColumnType Type)
{
    public static readonly IReadOnlyList<Column> All =
    [
        new("time", "\"time\"", ColumnType.Time),
        new("source", "\"source\"", ColumnType.Text),
        new("stream", "\"stream\"", ColumnType.Text),
        new("file", "\"file\"", ColumnType.Text),
        new("offset", "\"offset\"", ColumnType.Integer),
        new("request", "\"request\"", ColumnType.Text),
        new("client", "\"client\"", ColumnType.Text),
        new("network", "\"network\"", ColumnType.Text),
        new("agent", "\"agent\"", ColumnType.Text),
        new("credential", "\"credential\"", ColumnType.Credential),
        new("key", "\"key\"", ColumnType.Text),
        new("principal", "\"principal\"", ColumnType.Text),
        new("account", "\"account\"", ColumnType.Account),
        new("subject", "\"subject\"", ColumnType.Account),
        new("operation", "\"operation\"", ColumnType.Text),
        new("fields", "\"fields\"", ColumnType.Text),
        new("method", "\"method\"", ColumnType.Text),
        new("status", "\"status\"", ColumnType.Integer),
        new("bytes", "\"bytes\"", ColumnType.Integer),
        new("outcome", "\"outcome\"", ColumnType.Outcome),
        new("category", "\"fields\"", ColumnType.Category),
    ];

    public static Column? Find(string name) => All.FirstOrDefault(column => column.Name == name);

    /// <summary>Whether <c>&lt;</c>, <c>between</c> and the like mean something here.</summary>
    public bool IsOrdered => Type is ColumnType.Text or ColumnType.Integer or ColumnType.Time or ColumnType.Account;

    /// <summary>The column or trait that was probably meant; null when none is near.</summary>
    public static string? Nearest(string name) =>
        Spelling.Nearest(name, All.Select(column => column.Name).Concat(TraitNames.All.Select(trait => trait.Name)));
}
