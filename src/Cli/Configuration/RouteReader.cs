using WhoSaw.Intake.Routes;
using WhoSaw.Records;

namespace WhoSaw.Cli;

/// <summary>Reads the list <c>routes</c>.</summary>
internal sealed class RouteReader(FaultList faults)
{
    private readonly List<RouteOptions> _routes = [];
    private readonly List<Section> _sections = [];

    public IReadOnlyList<RouteOptions> Read(IReadOnlyList<YamlValue> values)
    {
        foreach (var value in values)
            ReadOne(value);
        foreach (var fault in RouteTable.Faults(_routes))
        {
            var section = _sections[fault.Route];
            var place = section.Place(fault.Part.ToString().ToLowerInvariant());
            var other = fault.Other < 0 ? "" : $" (line {_sections[fault.Other].Place("route").Line})";
            faults.Add(place, fault.Sentence + other);
        }
        return _routes;
    }

    private void ReadOne(YamlValue value)
    {
        var section = new Section(value, "a route", KnownWords.Route, faults);
        var route = section.RequiredText("route");
        var name = section.RequiredText("name");
        var shows = ShownCategories.Read(section, "a route", faults);
        var subject = Subject(section);
        var ticket = Ticket(section);
        var others = section.Number("others", 0, 1_000_000) ?? 0;
        ShownCategories.CheckName(section, name, faults);
        if (route is null || name is null || subject is null)
            return;
        var (method, template) = RouteOptions.Split(route);
        _sections.Add(section);
        _routes.Add(new RouteOptions
        {
            Method = method,
            Template = template,
            Name = name,
            Subject = subject.Value,
            Shows = shows,
            Others = others,
            Ticket = ticket,
        });
    }

    private SubjectFrom? Subject(Section section)
    {
        if (section.Value("subject") is null)
            return SubjectFrom.Path;
        if (section.Text("subject") is not { } text)
            return null;
        if (SubjectFrom.TryParse(text, out var subject))
            return subject;
        faults.Add(section.Place("subject"), $"'{text}' is no place of a subject: it is path, account or 'query:NAME'");
        return null;
    }

    private string Ticket(Section section)
    {
        if (section.Text("ticket") is not { } text)
            return "";
        if (SubjectFrom.TryParse(text, out var from) && from.Place == SubjectPlace.Query)
            return from.Name;
        faults.Add(section.Place("ticket"), $"'{text}' is no place of a ticket: it is 'query:NAME'");
        return "";
    }
}
