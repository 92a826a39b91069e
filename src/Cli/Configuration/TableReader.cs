using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Tables;
using WhoSaw.Records;

namespace WhoSaw.Cli;

/// <summary>Reads the list <c>tables</c>.</summary>
internal sealed class TableReader(FaultList faults, IReadOnlyList<RouteOptions> routes)
{
    private readonly List<TableOptions> _tables = [];

    public IReadOnlyList<TableOptions> Read(IReadOnlyList<YamlValue> values)
    {
        foreach (var value in values)
            ReadOne(value);
        return _tables;
    }

    private void ReadOne(YamlValue value)
    {
        var section = new Section(value, "a table", KnownWords.Table, faults);
        var table = section.RequiredText("table");
        var name = section.RequiredText("name");
        var shows = ShownCategories.Read(section, "a table", faults);
        var subject = section.Text("subject") ?? "";
        var others = section.Number("others", 0, 1_000_000) ?? 0;
        ShownCategories.CheckName(section, name, faults);
        if (subject.Any(c => c <= ' ' || c is '.' or '"' or '\''))
            faults.Add(section.Place("subject"), "the subject of a table is the name of a column, without its table");
        if (table is null || name is null)
            return;
        if (name == Operation.LoginName || routes.Any(route => route.Name == name)
            || _tables.Exists(known => known.Name == name))
            faults.Add(section.Place("name"), $"the name '{name}' is taken by another route or table");
        if (_tables.Exists(known => string.Equals(known.Table, table, StringComparison.OrdinalIgnoreCase)))
            faults.Add(section.Place("table"), $"the table '{table}' is given twice");
        _tables.Add(new TableOptions
        {
            Table = table,
            Name = name,
            Subject = subject,
            Shows = shows,
            Others = others,
        });
    }
}
