using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Predicates;
using Xunit;

namespace WhoSaw.Scoping.Tests.Growth;

public sealed class Growth_finds_the_whole_theft
{
    private const int Days = 10;

    /// <summary>
    /// Honest sessions: people read their own page, one in two hundred without a login; 40 addresses, two apps.
    /// </summary>
    private static List<RecordRow> Honest(Random random, int sessions) => [.. Enumerable.Range(0, sessions).Select(i =>
    {
        var account = random.Next(3000);
        return World.Record(random.NextDouble() * Days * 1440, account) with
        {
            Account = new SubjectId(account),
            Credential = (ulong)(1_000_000 + i),
            Client = $"192.0.2.{account % 40}",
            Network = "192.0.2.0/24",
            Agent = account % 3 == 0 ? "app/2.0" : "browser",
            Key = account % 2 == 0 ? "k1" : "k2",
            Traits = random.Next(200) == 0 ? Trait.FirstPage : Trait.None,
        };
    })];

    /// <summary>Forged sessions from three addresses under a key that honest people use, too.</summary>
    private static List<RecordRow> Theft(Random random, int sessions, string network = "198.51.100") =>
        [.. Enumerable.Range(0, sessions).SelectMany(i =>
        {
            var (account, at, client) = (random.Next(3000), (2 + random.NextDouble() * 8) * 1440, $"{network}.{i % 3}");
            return new[] { "profile", "addresses" }
                .Select((operation, step) => World.Record(at + step, account, operation) with
            {
                Account = new SubjectId(account),
                Credential = (ulong)(9_000_000 + i),
                Client = client,
                Network = network + ".0/24",
                Agent = "browser",
                Key = "k1",
                Traits = random.Next(20) == 0 ? Trait.None : Trait.FirstPage,
            });
        })];

    [Fact]
    public void From_one_exposed_customer_to_every_forged_session()
    {
        var random = new Random(5);
        var theft = Theft(random, 400);
        using var world = new World { Rows = [.. Honest(random, 6000), .. theft], RowsInSegment = 100_000 };
        using var engine = world.Open();
        foreach (var seed in theft.Take(5).Select(row => row.Subject))
        {
            var grown = engine.Grow(World.Where($"subject = {seed}"));
            Assert.InRange(grown.Steps.Count, 1, 10);
            var got = engine.Records(grown.Where).Select(record => (record.Row.Credential, record.Row.Time))
                .ToHashSet();
            Assert.Equal(theft.Select(row => (row.Credential, row.Time)).Order(), got.Order());
            Assert.Equal(
                theft.Select(row => row.Subject).Distinct().Count(), grown.Steps.Sum(step => step.AccountsAdded));
            Assert.All(grown.Steps, step => Assert.True(step.Evidence > grown.Threshold && step.Samples.Count > 0));
        }
        Assert.Equal(engine.Grow(World.Where($"subject = {theft[0].Subject}")).Where, engine.Growth().FromAll().Where);
    }

    [Fact]
    public void In_quiet_logs_there_is_nothing_to_grow_into()
    {
        var random = new Random(6);
        using var world = new World { Rows = Honest(random, 6000), RowsInSegment = 100_000 };
        using var engine = world.Open();
        Assert.Empty(engine.Growth().FromAll().Steps);
        Assert.Empty(engine.Grow(World.Where("subject between 0 and 50")).Steps);
        Assert.Equal(Predicate.Nothing, engine.Grow(Predicate.Everything).Where);
    }

    [Fact]
    public void An_app_that_opens_with_the_profile_is_ordinary()
    {
        var random = new Random(8);
        var rows = Honest(random, 6000)
            .ConvertAll(row => row.Agent == "app/2.0" ? row with { Traits = Trait.FirstPage } : row);
        using var world = new World { Rows = rows, RowsInSegment = 100_000 };
        using var engine = world.Open();
        Assert.Empty(engine.Growth().FromAll().Steps);
    }

    [Fact]
    public void Where_a_thief_shares_addresses_a_trait_parts_them()
    {
        var random = new Random(9);
        var theft = Theft(random, 400, "192.0.2")
            .ConvertAll(row => row with { Traits = Trait.FirstPage | Trait.Unissued });
        using var world = new World { Rows = [.. Honest(random, 6000), .. theft], RowsInSegment = 100_000 };
        using var engine = world.Open();
        var grown = engine.Grow(World.Where($"subject = {theft[0].Subject}"));
        var got = engine.Records(grown.Where).Select(record => record.Row.Credential!.Value).ToHashSet();
        var forged = theft.Select(row => row.Credential!.Value).ToHashSet();
        Assert.True(forged.IsSubsetOf(got), $"{forged.Except(got).Count()} of {forged.Count} missed by {grown.Where}");
        Assert.InRange(got.Except(forged).Count(), 0, 2);
    }
}
