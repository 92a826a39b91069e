using WhoSaw.Records;

namespace WhoSaw.Intake.Directories;

/// <summary>Reads <c>accounts</c>: a CSV file with the columns <c>account,status</c>.</summary>
public static class AccountsFile
{
    /// <summary>
    /// The accounts, those that are no integers numbered by <paramref name="subjects"/>; the rows in the order of the
    /// file; and what could not be understood: a line with a fault is not among the accounts.
    /// </summary>
    public static (AccountDirectory Directory, IReadOnlyList<(SubjectId Account, AccountStatus Status)> Rows,
        IReadOnlyList<FileFault> Faults) Read(string path, SubjectDictionary subjects)
    {
        var rows = new AccountRows();
        var file = new DirectoryTable(path, "account", "status");
        file.Read(table =>
        {
            var account = table[0];
            var status = StatusOf(table[1]);
            if (account.IsEmpty)
                table.AddFault("the line names no account");
            else if (status == AccountStatus.Unknown)
                table.AddFault("a status is active, dormant or canary");
            else
                rows.Add(subjects.Resolve(account), status);
        });
        return (new AccountDirectory(rows), rows, file.Faults);
    }

    private static AccountStatus StatusOf(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("active"u8))
            return AccountStatus.Active;
        if (text.SequenceEqual("dormant"u8))
            return AccountStatus.Dormant;
        return text.SequenceEqual("canary"u8) ? AccountStatus.Canary : AccountStatus.Unknown;
    }
}
