using CsCheck;

namespace WhoSaw.Records.Tests;

public sealed class AccountDirectoryTests
{
    private static readonly Gen<AccountStatus> Statuses = Gen.Enum<AccountStatus>();

    // dense, sparse, from the dictionary, and the last that a number can be
    private static readonly Gen<SubjectId> Accounts = Gen.OneOf(
        Gen.Long[1_000_000, 1_000_200],
        Gen.Long[0, 999_999_999_999_999_999],
        Gen.Long[-200, -1],
        Gen.Const(0L),
        Gen.Const(999_999_999_999_999_999L)).Select(value => new SubjectId(value));

    [Fact]
    public void An_empty_directory_knows_nobody()
    {
        Assert.Equal(0, AccountDirectory.Empty.Count);
        Assert.Equal(AccountStatus.Unknown, AccountDirectory.Empty[new SubjectId(0)]);
        Assert.Equal(AccountStatus.Unknown, AccountDirectory.Empty[SubjectId.None]);
    }

    [Fact]
    public void It_answers_as_a_dictionary_does() => Gen.Select(Accounts, Statuses).List[0, 120].Sample(entries =>
    {
        var directory = new AccountDirectory(entries);
        var model = new Dictionary<SubjectId, AccountStatus>();
        foreach (var (account, status) in entries)
            model[account] = status;
        foreach (var (account, status) in model)
        {
            Assert.Equal(status, directory[account]);
            var next = new SubjectId(account.Value + 1);
            Assert.Equal(model.GetValueOrDefault(next), directory[next]);
        }
        Assert.Equal(model.Count(entry => entry.Value != AccountStatus.Unknown), directory.Count);
        Assert.Equal(model.Count(entry => entry.Value == AccountStatus.Canary), directory.Canaries);
    });

    [Fact]
    public void A_later_entry_wins_and_is_counted_once()
    {
        var account = new SubjectId(1_000_001);
        var directory = new AccountDirectory(
            [(account, AccountStatus.Canary), (account, AccountStatus.Active), (account, AccountStatus.Dormant)]);
        Assert.Equal(AccountStatus.Dormant, directory[account]);
        Assert.Equal(1, directory.Count);
        Assert.Equal(0, directory.Canaries);
    }

    [Fact]
    public void The_ends_of_a_dense_range_are_in_it_and_their_neighbours_are_not()
    {
        var accounts = Enumerable.Range(5_000_000, 100_000)
            .Select(id => (new SubjectId(id), AccountStatus.Active)).ToArray();
        var directory = new AccountDirectory(accounts);
        Assert.Equal(100_000, directory.Count);
        Assert.Equal(AccountStatus.Unknown, directory[new SubjectId(4_999_999)]);
        Assert.Equal(AccountStatus.Active, directory[new SubjectId(5_000_000)]);
        Assert.Equal(AccountStatus.Active, directory[new SubjectId(5_099_999)]);
        Assert.Equal(AccountStatus.Unknown, directory[new SubjectId(5_100_000)]);
        Assert.Equal(AccountStatus.Unknown, directory[new SubjectId(-1)]);
        Assert.Equal(AccountStatus.Unknown, directory[SubjectId.None]);
    }
}
