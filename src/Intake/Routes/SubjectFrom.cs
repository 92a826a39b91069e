namespace WhoSaw.Intake.Routes;

public enum SubjectPlace : byte
{
    /// <summary>The segment <c>{subject}</c> of the path.</summary>
    Path,

    /// <summary>A parameter of the query.</summary>
    Query,

    /// <summary>The session's own account.</summary>
    Account,
}

/// <summary>Where a request names the account whose data it shows.</summary>
/// <param name="Name">The query parameter; empty for the other places.</param>
public readonly record struct SubjectFrom(SubjectPlace Place, string Name)
{
    private const string QueryPrefix = "query:";

    public static readonly SubjectFrom Path = new(SubjectPlace.Path, "");
    public static readonly SubjectFrom Account = new(SubjectPlace.Account, "");

    public static SubjectFrom Query(string name) => new(SubjectPlace.Query, name);

    /// <summary>Reads <c>path</c>, <c>account</c> or <c>query:NAME</c>.</summary>
    public static bool TryParse(string text, out SubjectFrom from)
    {
        from = Path;
        if (text == "path")
            return true;
        if (text == "account")
        {
            from = Account;
            return true;
        }
        if (!text.StartsWith(QueryPrefix, StringComparison.Ordinal) || text.Length == QueryPrefix.Length)
            return false;
        from = Query(text[QueryPrefix.Length..]);
        return true;
    }

    public override string ToString() => Place switch
    {
        SubjectPlace.Query => QueryPrefix + Name,
        SubjectPlace.Account => "account",
        _ => "path",
    };
}
