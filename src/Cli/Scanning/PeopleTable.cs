using WhoSaw.Intake.Directories;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Copies <c>people.csv</c> into the ledger: an account's first row is its holder, the others are its address book.
/// </summary>
internal static class PeopleTable
{
    /// <summary>
    /// What is wrong with the file; when there is anything, what the ledger was given must not be committed.
    /// </summary>
    public static IReadOnlyList<FileFault> Copy(string path, SubjectDictionary subjects, LedgerWriter ledger)
    {
        var positions = new BookPositions();
        var people = new PeopleFile(path, subjects);
        ledger.SetPeople(people.Rows().Select(row => (row.Account, row.Person, positions.Next(row.Account))));
        return people.Faults;
    }
}
