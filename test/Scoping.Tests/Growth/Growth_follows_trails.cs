using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Predicates;
using Xunit;

namespace WhoSaw.Scoping.Tests.Growth;

public sealed class Growth_follows_trails
{
    private const int Days = 10;
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    private static RecordRow Read(string principal, int day, double hour, long subject, Trait traits = Trait.None,
        string operation = "admin") => World.Record(day * Day + hour * Hour, subject, operation) with
        {
            Principal = principal,
            Credential = null,
            Client = "10.0.0." + principal.Length,
            Network = "10.0.0.0/24",
            Traits = traits,
        };

    /// <summary>
    /// Six agents at work from nine to five, one look in a hundred without a ticket where tickets are named.
    /// </summary>
    private static List<RecordRow> Office(Random random, bool tickets = true) =>
        [.. from day in Enumerable.Range(0, Days)
            from agent in Enumerable.Range(1, 6)
            from look in Enumerable.Range(0, 30)
            select Read($"agent-{agent}", day, 9 + random.NextDouble() * 8, random.Next(5000),
                tickets && random.Next(100) == 0 ? Trait.NoTicket : Trait.None)];

    private static GrowthResult From(ScopeEngine engine, RecordRow row) =>
        engine.Grow(World.Where($"subject = {row.Subject} and time = '{row.Time}'"));

    private static void Same(IEnumerable<RecordRow> expected, ScopeEngine engine, GrowthResult grown) => Assert.Equal(
        expected.Select(row => (row.Subject.Value, row.Time)).Order(),
        engine.Records(grown.Where).Select(record => (record.Row.Subject.Value, record.Row.Time)).Order());

    [Fact]
    public void An_insider_who_looks_people_up_in_the_evening_is_told_from_his_own_forgotten_tickets()
    {
        var random = new Random(1);
        var theft = Enumerable.Range(3, 7).SelectMany(day => Enumerable.Range(0, 4).Select(i =>
            Read("agent-3", day, 20 + random.NextDouble() * 3, 7000 + random.Next(10), Trait.NoTicket))).ToList();
        var forgotten = Read("agent-3", 2, 10.5, 4, Trait.NoTicket);
        using var world = new World { Rows = [.. Office(random), forgotten, .. theft], RowsInSegment = 100_000 };
        using var engine = world.Open();
        var growth = engine.Growth();
        foreach (var known in theft.Take(5))
            Same(theft, engine, growth.From(World.Where($"subject = {known.Subject}")));
        Assert.Equal(GrowthTrail.Insider, From(engine, theft[0]).Steps[0].Trail);
        Assert.Empty(From(engine, forgotten).Steps);
        Assert.Empty(growth.From(World.Where("principal = 'agent-3' and not no-ticket")).Steps);
    }

    [Fact]
    public void Where_no_ticket_is_named_an_insider_at_night_is_found_by_the_hours()
    {
        var random = new Random(2);
        var theft = Enumerable.Range(4, 6).SelectMany(day => Enumerable.Range(0, 20).Select(i =>
            Read("agent-5", day, 1 + i * 0.1, random.Next(5000)))).ToList();
        using var world = new World { Rows = [.. Office(random, tickets: false), .. theft], RowsInSegment = 100_000 };
        using var engine = world.Open();
        Same(theft, engine, From(engine, theft[17]));
        Assert.Empty(From(engine, Read("agent-5", 0, 0, -1)).Steps);
    }

    [Fact]
    public void A_ticket_system_that_is_down_makes_nobody_an_insider()
    {
        var random = new Random(3);
        var rows = Office(random).ConvertAll(row =>
            row.Time - World.Start is > 5L * EventTime.Day + 10 * EventTime.Hour
                and < 5L * EventTime.Day + 15 * EventTime.Hour
                ? row with { Traits = Trait.NoTicket } : row);
        using var world = new World { Rows = rows, RowsInSegment = 100_000 };
        using var engine = world.Open();
        Assert.Empty(engine.Growth().FromAll().Steps);
    }

    [Fact]
    public void A_tenants_fault_is_followed_through_operations_and_to_accounts_that_were_deleted()
    {
        var random = new Random(4);
        var rows = new List<RecordRow>();
        for (var day = 0; day < Days; day++)
            for (var i = 0; i < 40; i++)
            {
                var (isFault, tenant) = (day is 5 or 6, random.Next(4));
                var operation = i % 2 == 0 ? "orders" : "returns";
                rows.Add(Read($"seller-{tenant}", day, 8 + i * 0.2, 4 * i + day,
                    isFault ? Trait.OtherTenant : Trait.None, operation));
            }
        var deleted = Read("seller-1", 5, 12.01, 9999, Trait.None, "orders");
        var own = Read("seller-1", 8, 12.01, 9998, Trait.None, "orders");
        using var world = new World
        {
            Rows = [.. rows, deleted, own],
            RowsInSegment = 100_000,
            Accounts = [.. Enumerable.Range(0, 5000).Select(account => ((long)account, "active"))],
        };
        using var engine = world.Open();
        var crossed = rows.Where(row => row.Traits == Trait.OtherTenant).ToList();
        Same([.. crossed, deleted], engine, From(engine, crossed[0]));
        Same([.. crossed, deleted], engine, From(engine, deleted));
        Assert.Empty(From(engine, own).Steps);
        Assert.Empty(From(engine, rows[0]).Steps);
    }

    /// <summary>Shops ask for couriers; from a day on with more bytes; another operation beside it.</summary>
    private static List<RecordRow> Shops(Random random, Func<int, int> bytes, Func<int, int> others) =>
        [.. from day in Enumerable.Range(0, Days)
            from shop in Enumerable.Range(1, 10)
            from call in Enumerable.Range(0, 12)
            from operation in new[] { "couriers", "menus" }
            select Read($"shop-{shop}", day, 10 + random.NextDouble() * 12, random.Next(200), Trait.None, operation)
                with { Bytes = (operation == "couriers" ? bytes(day) : others(day)) + random.Next(40) }];

    [Fact]
    public void Answers_that_show_more_to_everybody_are_a_theft_from_the_moment_on()
    {
        var rows = Shops(new Random(5), day => day < 6 ? 200 : 500, _ => 300);
        using var world = new World { Rows = rows, RowsInSegment = 100_000 };
        using var engine = world.Open();
        var fuller = rows.Where(row => row.Operation == "couriers" && row.Bytes >= 500).ToList();
        Same(fuller, engine, From(engine, fuller[^1]));
        Assert.Empty(From(engine, rows[0]).Steps);
    }

    [Fact]
    public void A_release_that_moves_data_from_one_operation_to_another_is_none()
    {
        var rows = Shops(new Random(6), day => day < 6 ? 200 : 500, day => day < 6 ? 500 : 200);
        using var world = new World { Rows = rows, RowsInSegment = 100_000 };
        using var engine = world.Open();
        Assert.Empty(engine.Growth().FromAll().Steps);
    }

    [Fact]
    public void A_session_that_a_guessed_password_opened_is_followed_to_another_address()
    {
        var random = new Random(7);
        RecordRow Login(double minutes, string client, ulong? credential) => World.Record(minutes, 0, "login", "") with
        {
            Subject = SubjectId.None,
            Client = client,
            Agent = "browser",
            Credential = credential,
            Outcome = credential is null ? Outcome.Refused : Outcome.Disclosed,
        };
        RecordRow Look(double minutes, string client, long subject, ulong credential) =>
            World.Record(minutes, subject) with { Client = client, Agent = "browser", Credential = credential };
        var rows = Enumerable.Range(0, 3000).SelectMany(i =>
        {
            var (at, client, session) = (random.NextDouble() * Days * Day, $"192.0.2.{random.Next(250)}", (ulong)i + 1);
            return new[] { Login(at, client, session), Look(at + 1, client, random.Next(3000), session) };
        }).ToList();
        var theft = new List<RecordRow>();
        for (var door = 0; door < 60; door++)
        {
            var (at, client, session) = ((5 + door * 0.01) * Day, $"198.51.100.{door}", (ulong)(100_000 + door));
            rows.AddRange(Enumerable.Range(0, 15).Select(i => Login(at + i, client, null)));
            rows.Add(Login(at + 20, client, session));
            theft.AddRange(new[] { client, client, $"203.0.113.{door}" }.Select((from, i) =>
                Look(at + 21 + i, from, 4000 + door, session)));
        }
        using var world = new World { Rows = [.. rows, .. theft], RowsInSegment = 100_000 };
        using var engine = world.Open();
        var grown = From(engine, theft[1]);
        Assert.Equal([GrowthTrail.GuessedPasswords, GrowthTrail.CarriedOn], grown.Steps.Select(step => step.Trail));
        var got = engine.Records(grown.Where).Where(record => record.Row.Operation != "login").ToList();
        Assert.Equal(theft.Select(row => (row.Client, row.Time)).Order(),
            got.Select(record => (record.Row.Client, record.Row.Time)).Order());
        Assert.Equal(grown.Where, From(engine, theft[2]).Where);
    }

    [Fact]
    public void A_seed_that_the_ledger_knows_nothing_of_is_told_apart()
    {
        using var world = new World { Rows = Office(new Random(8)), RowsInSegment = 100_000 };
        using var engine = world.Open();
        var growth = engine.Growth();
        Assert.Equal(0, growth.From(World.Where("subject = 123456789")).SeedRecords);
        Assert.Equal(300, growth.From(World.Where("principal = 'agent-1'")).SeedRecords);
    }
}
