using System.Text;
using WhoSaw.Intake.Routes;

namespace WhoSaw.Intake.Tests.Routes;

internal static class Some
{
    /// <summary>
    /// A route by its text: <c>account:GET /orders</c>, <c>query:id:GET /search</c>, <c>GET /members/{subject}</c>.
    /// </summary>
    public static RouteOptions Route(string text, int index = 0)
    {
        var colon = text.LastIndexOf(':');
        if (!SubjectFrom.TryParse(colon < 0 ? "path" : text[..colon], out var subject))
            throw new ArgumentException("no place of a subject", nameof(text));
        var (method, template) = RouteOptions.Split(text[(colon + 1)..]);
        return new RouteOptions { Method = method, Template = template, Name = "route-" + index, Subject = subject };
    }

    public static RouteOptions[] Routes(params string[] texts) => [.. texts.Select(Route)];

    public static RouteTable Table(params string[] texts) => new(Routes(texts));

    public static (int Operation, string Subject) Only(this RouteTable table, string method, string target)
    {
        var (operation, subjects) = table.All(method, target);
        return (operation, subjects.Length == 0 ? "" : subjects.Single());
    }

    public static (int Operation, string[] Subjects) All(this RouteTable table, string method, string target)
    {
        var scratch = new RouteScratch();
        var match = table.Match(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(target), scratch);
        var subjects = new List<string>();
        foreach (var subject in match.Subjects(scratch))
            subjects.Add(Encoding.UTF8.GetString(subject));
        return (match.Operation, [.. subjects]);
    }
}
