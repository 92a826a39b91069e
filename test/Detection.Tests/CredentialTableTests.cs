using CsCheck;

namespace WhoSaw.Detection.Tests;

public sealed class CredentialTableTests
{
    private static readonly Gen<ulong> Credentials = Gen.OneOf(Gen.ULong[1, 60], Gen.ULong[1, ulong.MaxValue]);

    [Fact]
    public void It_holds_what_a_dictionary_holds() =>
        Gen.Select(Credentials, Gen.Int).List[0, 6000].Sample(
            writes =>
            {
                var (table, oracle) = (new CredentialTable<int>(), new Dictionary<ulong, int>());
                foreach (var (credential, value) in writes)
                {
                    table.GetOrAdd(credential, out var known) += value;
                    Assert.Equal(oracle.ContainsKey(credential), known);
                    oracle[credential] = oracle.GetValueOrDefault(credential) + value;
                }
                Assert.Equal(oracle.Count, table.Count);
                Assert.Equal(
                    oracle.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)),
                    table.All().OrderBy(pair => pair.Credential));
                Assert.All(oracle, pair => Assert.True(table.TryGet(pair.Key, out var value) && value == pair.Value));
            },
            iter: 50);

    [Fact]
    public void What_was_never_added_is_not_found() => Gen.ULong[1, ulong.MaxValue].Sample(credential =>
    {
        var table = new CredentialTable<int>();
        table.GetOrAdd(credential ^ (1UL << 40), out _) = 1;
        return !table.TryGet(credential, out var value) && value == 0;
    });
}
