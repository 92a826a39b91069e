using WhoSaw.Records;

namespace WhoSaw.Intake.Routes;

/// <summary>A route that shows personal data, as configured.</summary>
public sealed record RouteOptions
{
    public const string AnyMethod = "*";

    /// <summary>An HTTP method in capitals, or <see cref="AnyMethod"/>: every method whose answer has a body.</summary>
    public string Method { get; init; } = AnyMethod;

    /// <summary>The path: <c>/api/members/{subject}/addresses/{address}</c>. See <see cref="RouteTemplate"/>.</summary>
    public required string Template { get; init; }
    public required string Name { get; init; }
    public SubjectFrom Subject { get; init; } = SubjectFrom.Path;
    public IReadOnlyList<DataCategory> Shows { get; init; } = [];

    /// <summary>How many further people one answer can show at most.</summary>
    public int Others { get; init; }

    /// <summary>
    /// The query parameter in which a request names the ticket that it is made for; empty where there is none.
    /// </summary>
    public string Ticket { get; init; } = "";

    /// <summary>The route as a configuration writes it: <c>GET /api/members/{subject}</c>.</summary>
    public string Route => Method == AnyMethod ? Template : $"{Method} {Template}";

    public Operation ToOperation() => new(Name, Shows, Others) { NamesTicket = Ticket.Length > 0 };

    /// <summary>
    /// Takes a route apart into method and template: <c>GET /path</c>, <c>* /path</c> or <c>/path</c>.
    /// </summary>
    public static (string Method, string Template) Split(string route)
    {
        var text = route.AsSpan().Trim();
        var blank = text.IndexOfAny(' ', '\t');
        if (blank < 0)
            return (AnyMethod, text.ToString());
        return (text[..blank].ToString().ToUpperInvariant(), text[blank..].Trim().ToString());
    }
}
