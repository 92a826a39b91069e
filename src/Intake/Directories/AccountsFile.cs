using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Intake.Directories;

/// <summary>Reads <c>accounts</c>: a CSV file with the columns <c>account,status</c>, and <c>owner</c> where
/// accounts belong to tenants.</summary>
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
        var owners = new Dictionary<SubjectId, string>();
        var names = new HashSet<string>();
        var file = DirectoryTable.WithOptional(path, "owner", "account", "status");
        file.Read(table =>
        {
            var account = table[0];
            var status = StatusOf(table[1]);
            if (account.IsEmpty)
                table.AddFault("the line names no account");
            else if (status == AccountStatus.Unknown)
                table.AddFault("a status is active, dormant or canary");
            else
            {
                var id = subjects.Resolve(account);
                rows.Add(id, status);
                if (table.HasOptional && !table[2].IsEmpty)
                    owners[id] = Once(Encoding.UTF8.GetString(table[2]), names);
            }
        });
        return (new AccountDirectory(rows) { Owners = owners }, rows, file.Faults);
    }

    // Tenants are few beside their accounts: each name is held once.
    private static string Once(string name, HashSet<string> names)
    {
        if (names.TryGetValue(name, out var known))
            return known;
        names.Add(name);
        return name;
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
