using CsCheck;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Tests.Worlds;

public sealed class WorldTests
{
    [Fact]
    public void Every_id_is_one_account_or_one_decoy_or_nobody() =>
        Gen.Select(Gen.ULong, Gen.Long[1000, 5000], Gen.Long[0, 1300]).Sample((seed, accounts, canaries) =>
        {
            var ids = new IdSpace(seed, accounts, canaries);
            var members = Enumerable.Range(0, (int)ids.Blocks).SelectMany(block => ids.Members(block)).ToList();
            Assert.Equal(accounts, members.Count(member => member.Account >= 0));
            Assert.Equal(canaries, members.Count(member => member.Account < 0));
            Assert.All(members, member => Assert.Equal(member.Account, ids.AccountOf(member.Id)));
            for (var account = 0L; account < accounts; account += 37)
                Assert.Equal(account, ids.AccountOf(ids.IdOf(account)));
            for (var canary = 0L; canary < canaries; canary += 13)
                Assert.True(ids.IsCanary(ids.CanaryId(canary)));
        }, iter: 20);

    [Fact]
    public void Every_pass_that_honest_people_use_was_issued_to_them_before_and_has_not_run_out()
    {
        var folder = MemoryFolder.Of(Some.World() with { Days = 20, Accounts = 1500 });
        var issued = folder.Records("logs/issuer/").GroupBy(line => line.Field("sid")!)
            .ToDictionary(group => group.Key);
        Assert.Contains(issued.Values, records => records.Count() == 2);
        foreach (var line in folder.Gateway()
            .Where(line => line.Field("sid") is not null && line.Field("status") != "401"))
        {
            var records = issued[line.Field("sid")!].Where(record => record.Time() <= line.Time().AddSeconds(1))
                .ToList();
            var last = records.MaxBy(record => record.Time());
            Assert.Equal(line.Field("uid"), last.Field("uid"));
            Assert.Equal(line.Field("kid"), last.Field("kid"));
            Assert.True(last.GetProperty("exp").GetDateTimeOffset() > line.Time());
        }
    }

    [Fact]
    public void Dormant_members_do_not_come()
    {
        var folder = MemoryFolder.Of(Some.World());
        var dormant = folder.Lines("members.csv").Where(line => line.EndsWith(",dormant", StringComparison.Ordinal))
            .Select(line => line.Split(',')[0]).ToHashSet();
        Assert.InRange(dormant.Count, 2000 * 20 / 100, 2000 * 32 / 100);
        Assert.DoesNotContain(folder.Gateway(), line => line.Field("uid") is { } id && dormant.Contains(id));
    }

    [Fact]
    public void Evenings_are_busy_and_nights_are_not()
    {
        var hours = MemoryFolder.Of(Some.World()).Gateway().CountBy(line => line.Time().Hour).ToDictionary();
        Assert.True(hours[21] > 4 * hours[4], $"{hours[21]} at nine in the evening, {hours[4]} at four");
    }

    [Fact]
    public void The_people_of_the_address_books_are_shared_and_at_most_twenty()
    {
        var rows = MemoryFolder.Of(Some.World()).Lines("people.csv").Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(rows.Count, rows.Select(row => (row[0], row[1])).Distinct().Count());
        Assert.All(rows.GroupBy(row => row[0]), account => Assert.InRange(account.Count(), 1, 20));
        Assert.Contains(rows.GroupBy(row => row[1]), person => person.Count() > 2);
    }

    [Fact]
    public void The_agents_of_support_eat_and_sleep()
    {
        var folder = MemoryFolder.Of(Some.World() with { Days = 7 });
        var shifts = folder.Gateway().Where(
            line => line.Field("who")?.StartsWith("agent-", StringComparison.Ordinal) == true).ToList();
        Assert.All(shifts, line => Assert.InRange(line.Time().Hour, 8, 22));
        Assert.All(shifts.GroupBy(line => line.Field("who")), agent =>
            Assert.True(agent.Select(line => line.Time().Date).Distinct().Count() <= 6));
        var reasons = shifts.Count(line => line.Field("uri")!.Contains("ticket=", StringComparison.Ordinal));
        Assert.InRange(reasons, shifts.Count * 98 / 100, shifts.Count);
    }

    [Fact]
    public void Some_homes_speak_the_newer_protocol_and_some_people_have_two_devices()
    {
        var requests = MemoryFolder.Of(Some.World()).Gateway().Where(line => line.Field("uid") is not null).ToList();
        var six = requests.Where(line => line.Field("ip")!.Contains(':', StringComparison.Ordinal)).ToList();
        Assert.InRange(six.Count, requests.Count / 40, requests.Count / 4);
        Assert.All(six, line => Assert.StartsWith("2001:db8:", line.Field("ip"), StringComparison.Ordinal));
        var devices = requests.GroupBy(line => line.Field("uid")).Select(
            account => account.Select(line => line.Field("sid")).Distinct().Count()).ToList();
        Assert.InRange(devices.Count(count => count > 1), devices.Count / 10, devices.Count / 2);
    }

    [Fact]
    public void A_deleted_account_was_there_before_and_never_comes_again()
    {
        var folder = MemoryFolder.Of(Some.World() with { Days = 40, Accounts = 3000 });
        var listed = folder.Lines("members.csv").Skip(1).Select(line => line.Split(',')[0]).ToHashSet();
        var gone = folder.Gateway().Where(line => line.Field("uid") is { } id && !listed.Contains(id))
            .GroupBy(line => line.Field("uid")!).ToList();
        Assert.InRange(gone.Count, 2, 40);
        Assert.All(gone, account => Assert.True(account.Max(line => line.Time()) < folder.Gateway().Last().Time()));
        Assert.Equal(listed.Count - 15, folder.Truth().GetProperty("membersListed").GetInt32());
    }

    [Fact]
    public void A_pass_that_is_revoked_is_not_used_again()
    {
        var folder = MemoryFolder.Of(Some.World() with { Days = 6, Accounts = 3000 });
        var revoked = folder.Records("logs/issuer/").Where(line => line.Field("event") == "revoked")
            .ToDictionary(line => line.Field("sid")!, line => line.Time());
        Assert.NotEmpty(revoked);
        Assert.All(folder.Gateway(), line => Assert.False(
            line.Field("sid") is { } sid && revoked.TryGetValue(sid, out var at) && line.Time() > at));
    }

    [Fact]
    public void A_log_that_grows_to_its_size_goes_on_in_a_further_file()
    {
        var (whole, cut) = (MemoryFolder.Of(Some.World()), MemoryFolder.Of(Some.World() with { RotateKilobytes = 64 }));
        var day = cut.Paths.Where(path => path.StartsWith("logs/gateway/gw1-20250411.", StringComparison.Ordinal))
            .ToList();
        Assert.InRange(day.Count, 2, 100);
        Assert.Equal(
            whole.Lines("logs/gateway/gw1-20250411.log.gz"),
            day.OrderBy(path => path.Split('.') is [_, var part, "log", _] ? int.Parse(part, null) : 0)
                .SelectMany(cut.Lines));
        Assert.Equal(whole.Totals.GatewayLines, cut.Totals.GatewayLines);
    }

    [Fact]
    public void A_year_rolls_its_keys_over()
    {
        var options = Some.World() with { Start = new DateOnly(2025, 3, 20), Days = 20 };
        var keys = MemoryFolder.Of(options).Gateway().Select(line => line.Field("kid")).OfType<string>().Distinct()
            .Order().ToList();
        Assert.Equal(["k-backup-2024-04", "k-main-2025-01", "k-main-2025-04"], keys);
    }
}
