using WhoSaw.Records;

namespace WhoSaw.Cli;

/// <summary>What a route and a table have in common: a name, and what one answer shows.</summary>
internal static class ShownCategories
{
    public static void CheckName(Section section, string? name, FaultList faults)
    {
        if (name is not null && (name.Length > 64 || name.Any(c => c <= ' ' || c is ',' or '"' or '\'')))
            faults.Add(section.Place("name"), "a name has no blanks, commas or quotes, and at most 64 characters");
    }

    /// <param name="what">The kind of section, with its article.</param>
    public static List<DataCategory> Read(Section section, string what, FaultList faults)
    {
        var shows = new List<DataCategory>();
        if (section.IsBroken)
            return shows;
        var items = section.List("shows");
        if (items.Count == 0 && section.Value("shows") is null or { Kind: YamlKind.List })
            faults.Add(section.Place("shows"), $"{what} needs 'shows', what one answer shows, like [name, phone]");
        foreach (var item in items)
        {
            if (item.Kind != YamlKind.Text || !DataCategory.IsValid(item.Text))
                faults.Add(item, "a data category is lower-case letters, digits and hyphens");
            else if (shows.Contains(new DataCategory(item.Text)))
                faults.Add(item, $"'{item.Text}' stands twice");
            else
                shows.Add(new DataCategory(item.Text));
        }
        return shows;
    }
}
