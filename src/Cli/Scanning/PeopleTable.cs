using WhoSaw.Intake.Directories;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Copies <c>people.csv</c> into the ledger: an account's first row is its holder, the others are its address book.
/// </summary>
internal static class PeopleTable
{
    /// <summary>What is wrong with the file; when there is anything, the ledger was given nothing.</summary>
    public static IReadOnlyList<FileFault> Copy(string path, SubjectDictionary subjects, LedgerWriter ledger)
    {
        var rows = new List<(SubjectId Account, string Person, int Position)>();
        var positions = new Dictionary<SubjectId, int>();
        var faults = PeopleFile.Read(path, subjects, (account, person) =>
        {
            var position = positions.GetValueOrDefault(account);
            positions[account] = position + 1;
            rows.Add((account, person, position));
        });
        if (faults.Count == 0)
            ledger.SetPeople(rows);
        return faults;
    }
}
