using System.Globalization;
using System.Text;
using CsCheck;
using WhoSaw.Intake.Formats;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

public sealed class TimeParserTests
{
    private readonly TimeParser _times = new(TimeZoneInfo.Utc);

    [Theory]
    [InlineData("10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z")]
    [InlineData("[10/Oct/2000:13:55:36 -0700]", "2000-10-10T20:55:36Z")]
    [InlineData("29/Feb/2024:23:59:59 +0900", "2024-02-29T14:59:59Z")]
    [InlineData("30/Jul/2018:09:03:52.726", "2018-07-30T09:03:52.726Z")]
    [InlineData("2025-04-14T00:00:05.955+09:00", "2025-04-13T15:00:05.955Z")]
    [InlineData("2025-04-14 00:00:05,955", "2025-04-14T00:00:05.955Z")]
    [InlineData("2025-04-14T00:00:05.123456789Z", "2025-04-14T00:00:05.123456Z")]
    [InlineData("2025/04/14 00:00:05 +0530", "2025-04-13T18:30:05Z")]
    [InlineData("2025-04-14 09:00:00 KST", "2025-04-14T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999Z")]
    [InlineData("Wed, 08 Dec 2021 14:02:43 GMT", "2021-12-08T14:02:43Z")]
    [InlineData("1693840839", "2023-09-04T15:20:39Z")]
    [InlineData("1693840839.657635", "2023-09-04T15:20:39.657635Z")]
    [InlineData("1693840839657", "2023-09-04T15:20:39.657Z")]
    [InlineData("1693840839657635", "2023-09-04T15:20:39.657635Z")]
    [InlineData("1693840839657635012", "2023-09-04T15:20:39.657635Z")]
    [InlineData("1.693840839657635e+09", "2023-09-04T15:20:39.657635Z")]
    [InlineData("1.693840839657E12", "2023-09-04T15:20:39.657Z")]
    public void Times_of_logs_are_read(string text, string expected)
    {
        Assert.True(_times.TryAny(Encoding.UTF8.GetBytes(text), out var time));
        Assert.Equal(expected, time.ToString());
    }

    [Theory]
    [InlineData("30/Feb/2024:00:00:00 +0000")]
    [InlineData("29/Feb/2023:00:00:00 +0000")]
    [InlineData("10/Okt/2000:13:55:36 -0700")]
    [InlineData("10/Oct/2000:24:00:00 -0700")]
    [InlineData("2025-04-31T00:00:00Z")]
    [InlineData("2025-04-14T00:00:61Z")]
    [InlineData("2025-04-14T00:60:00Z")]
    [InlineData("2025-04-14T00:00:00.Z")]
    [InlineData("2025-04-14T00:00:00+99:00")]
    [InlineData("12")]
    [InlineData("-1693840839")]
    [InlineData("")]
    [InlineData("yesterday")]
    public void Impossible_times_are_refused(string text) =>
        Assert.False(_times.TryAny(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_remembered_minute_changes_nothing()
    {
        var gen = Gen.Select(Gen.Int[0, 40_000_000], Gen.Int[-13, 14], (seconds, hours) =>
            DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + seconds).ToOffset(TimeSpan.FromHours(hours)));
        gen.Array[1, 20].Sample(times =>
        {
            foreach (var time in times)
            {
                foreach (var second in (int[])[0, 0, 1, 59])
                {
                    var exact = time.AddSeconds(second);
                    var clf = exact.ToString("dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1);
                    Assert.True(_times.TryAny(Encoding.UTF8.GetBytes(clf), out var read));
                    Assert.Equal(EventTime.From(exact), read);
                    Assert.True(_times.TryIso(
                        Encoding.UTF8.GetBytes(exact.ToString("O", CultureInfo.InvariantCulture)), out read));
                    Assert.Equal(EventTime.From(exact), read);
                }
            }
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void The_abbreviation_of_a_zone_that_nobody_named_is_refused()
    {
        Assert.False(new TimeParser(TimeZoneInfo.Utc).TryIso("2025-04-14 09:00:00 PST"u8, out _));
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-8), "test", "test");
        Assert.True(new TimeParser(zone).TryIso("2025-04-14 09:00:00 PST"u8, out var time));
        Assert.Equal("2025-04-14T17:00:00Z", time.ToString());
    }

    [Fact]
    public void A_time_without_an_offset_is_of_the_zone_configured()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(9), "test", "test");
        Assert.True(new TimeParser(zone).TryIso("2025-04-14 09:00:00"u8, out var time));
        Assert.Equal("2025-04-14T00:00:00Z", time.ToString());
    }
}
