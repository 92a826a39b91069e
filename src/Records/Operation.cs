namespace WhoSaw.Records;

/// <summary>A route template that shows personal data, by its name.</summary>
/// <param name="Name">Unique within a configuration; stored with every record.</param>
/// <param name="Shows">The categories that one answer shows, in the order of the configuration.</param>
/// <param name="Others">How many further people, at most, one answer can show beside the subject (address
/// books).</param>
public sealed record Operation(string Name, IReadOnlyList<DataCategory> Shows, int Others = 0)
{
    /// <summary>The name under which logins are kept; it shows nothing.</summary>
    public const string LoginName = "login";

    public static readonly Operation Login = new(LoginName, []);

    /// <summary>A request of this operation names the ticket for which it is made, where there is one.</summary>
    public bool NamesTicket { get; init; }

    /// <summary>The column <c>fields</c>: the categories joined by commas.</summary>
    public string Fields { get; } = string.Join(',', Shows.Select(category => category.Name));
}
