using WhoSaw.Intake.Directories;
using WhoSaw.Intake.Places;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// The company's own lists and tables, read once at the start of a run; the lists are given to the ledger, if there is
/// one to write, with its next commit.
/// </summary>
internal static class CompanyLists
{
    /// <summary>
    /// Null, with every fault, when one of the files cannot be used. The tables of addresses are the caller's to close.
    /// </summary>
    public static (AccountDirectory Accounts, KeyRegister Keys, AddressPlaces? Places)? Read(
        ScanPlan plan, Catalog catalog, LedgerWriter? ledger, List<FileFault> faults)
    {
        var accounts = AccountDirectory.Empty;
        var keys = KeyRegister.Empty;
        if (plan.AccountsPath is { } accountsPath)
        {
            var read = AccountsFile.Read(accountsPath, catalog.Subjects);
            faults.AddRange(read.Faults);
            accounts = read.Directory;
            if (read.Faults.Count == 0)
                ledger?.SetAccounts(read.Rows);
        }
        if (plan.KeysPath is { } keysPath)
        {
            (keys, var problems) = KeysFile.Read(keysPath, plan.Zone);
            faults.AddRange(problems);
        }
        if (plan.PeoplePath is { } peoplePath && faults.Count == 0 && ledger is not null)
            faults.AddRange(PeopleTable.Copy(peoplePath, catalog.Subjects, ledger));
        if (faults.Count > 0)
            return null;
        var (places, problemsOfPlaces) = AddressPlaces.Load(plan.Places);
        faults.AddRange(problemsOfPlaces);
        return faults.Count == 0 ? (accounts, keys, places) : null;
    }
}
