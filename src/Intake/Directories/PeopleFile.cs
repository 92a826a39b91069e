using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Intake.Directories;

/// <summary>
/// Reads <c>people</c>: a CSV file with the columns <c>account,person</c>, the person an opaque id; the holder of an
/// account before the people of its address book.
/// </summary>
public static class PeopleFile
{
    /// <summary>Calls back for every line in the order of the file; keeps nothing.</summary>
    public static IReadOnlyList<FileFault> Read(
        string path, SubjectDictionary subjects, Action<SubjectId, string> person)
    {
        var file = new DirectoryTable(path, "account", "person");
        file.Read(table =>
        {
            if (table[0].IsEmpty)
                table.AddFault("the line names no account");
            else if (table[1].IsEmpty)
                table.AddFault("the line names no person");
            else
                person(subjects.Resolve(table[0]), Encoding.UTF8.GetString(table[1]));
        });
        return file.Faults;
    }
}
