using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Intake.Directories;

/// <summary>
/// Reads <c>people</c>: a CSV file with the columns <c>account,person</c>, the person an opaque id; the holder of an
/// account before the people of its address book.
/// </summary>
public sealed class PeopleFile(string path, SubjectDictionary subjects)
{
    /// <summary>What could not be understood, when all rows were read.</summary>
    public IReadOnlyList<FileFault> Faults { get; private set; } = [];

    /// <summary>Reads the rows in the order of the file, as they are asked for, once; keeps nothing.</summary>
    public IEnumerable<(SubjectId Account, string Person)> Rows()
    {
        using var table = new DirectoryTable(path, "account", "person");
        while (table.Next())
        {
            if (table[0].IsEmpty)
                table.AddFault("the line names no account");
            else if (table[1].IsEmpty)
                table.AddFault("the line names no person");
            else
                yield return (subjects.Resolve(table[0]), Encoding.UTF8.GetString(table[1]));
        }
        Faults = table.Faults;
    }
}
