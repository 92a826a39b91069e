using System.Globalization;
using CsCheck;

namespace WhoSaw.Records.Tests;

public sealed class EventTimeTests
{
    private static readonly Gen<EventTime> Calendar = Gen.Long[
        EventTime.From(DateTimeOffset.MinValue).Microseconds,
        EventTime.From(DateTimeOffset.MaxValue).Microseconds].Select(microseconds => new EventTime(microseconds));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(1, "1970-01-01T00:00:00.000001Z")]
    [InlineData(1_000, "1970-01-01T00:00:00.001Z")]
    [InlineData(1_001, "1970-01-01T00:00:00.001001Z")]
    [InlineData(500_000, "1970-01-01T00:00:00.500Z")]
    [InlineData(1_744_383_599_123_456, "2025-04-11T14:59:59.123456Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999Z")]
    [InlineData(-1_000, "1969-12-31T23:59:59.999Z")]
    [InlineData(-1_000_000, "1969-12-31T23:59:59Z")]
    public void Text_has_as_many_digits_as_it_needs(long microseconds, string expected) =>
        Assert.Equal(expected, new EventTime(microseconds).ToString());

    [Fact]
    public void Text_reads_back_as_the_same_moment() => Calendar.Sample(time =>
        Assert.Equal(time, EventTime.From(DateTimeOffset.Parse(time.ToString(), CultureInfo.InvariantCulture))));

    [Fact]
    public void Minutes_and_days_round_down_on_both_sides_of_the_epoch() => Gen.Long.Sample(microseconds =>
    {
        var time = new EventTime(microseconds);
        Assert.Equal(FloorDivide(microseconds, EventTime.Minute), time.MinuteNumber);
        Assert.Equal(FloorDivide(microseconds, EventTime.Day), time.DayNumber);
    });

    [Theory]
    [InlineData(-1, -1, -1)]
    [InlineData(-60_000_000, -1, -1)]
    [InlineData(-60_000_001, -2, -1)]
    [InlineData(59_999_999, 0, 0)]
    [InlineData(60_000_000, 1, 0)]
    [InlineData(86_400_000_000, 1440, 1)]
    public void A_minute_belongs_to_its_beginning(long microseconds, long minute, int day)
    {
        var time = new EventTime(microseconds);
        Assert.Equal(minute, time.MinuteNumber);
        Assert.Equal(day, time.DayNumber);
        Assert.True(EventTime.FromMinute(minute) <= time);
        Assert.True(EventTime.FromMinute(minute + 1) > time);
    }

    [Fact]
    public void The_calendar_form_keeps_every_microsecond() => Calendar.Sample(time =>
        Assert.Equal(time, EventTime.From(time.ToUtc())));

    [Fact]
    public void A_zone_does_not_change_the_moment()
    {
        var korean = new DateTimeOffset(2025, 4, 12, 0, 0, 0, TimeSpan.FromHours(9));
        Assert.Equal("2025-04-11T15:00:00Z", EventTime.From(korean).ToString());
    }

    [Fact]
    public void Ticks_below_a_microsecond_round_down_before_the_epoch_too()
    {
        Assert.Equal(-1, EventTime.From(DateTimeOffset.UnixEpoch.AddTicks(-1)).Microseconds);
        Assert.Equal(0, EventTime.From(DateTimeOffset.UnixEpoch.AddTicks(9)).Microseconds);
    }

    [Fact]
    public void A_moment_beyond_the_calendar_is_refused_and_does_not_wrap_to_some_date()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EventTime.Latest.ToUtc());
        Assert.Throws<ArgumentOutOfRangeException>(() => EventTime.Earliest.ToUtc());
        Assert.Throws<ArgumentOutOfRangeException>(() => EventTime.Latest.ToString());
    }

    [Fact]
    public void Sums_and_differences_stop_at_the_ends_of_time()
    {
        Assert.Equal(EventTime.Latest, EventTime.Latest.Plus(EventTime.Hour));
        Assert.Equal(EventTime.Earliest, EventTime.Earliest.Plus(-1));
        Assert.Equal(long.MaxValue, EventTime.Latest - EventTime.Earliest);
        Assert.Equal(long.MinValue, EventTime.Earliest - EventTime.Latest.Plus(0));
        Assert.Equal(0, EventTime.Earliest - EventTime.Earliest);
        Assert.Equal(EventTime.Hour, new EventTime(0).Plus(EventTime.Hour) - new EventTime(0));
    }

    [Fact]
    public void Sums_and_differences_agree_with_wide_arithmetic() =>
        Gen.Select(Gen.Long, Gen.Long).Sample((left, right) =>
        {
            Assert.Equal(Clamp((Int128)left + right), new EventTime(left).Plus(right).Microseconds);
            Assert.Equal(Clamp((Int128)left - right), new EventTime(left) - new EventTime(right));
        });

    [Fact]
    public void Order_is_the_order_of_microseconds() => Gen.Select(Gen.Long, Gen.Long).Sample((left, right) =>
    {
        var (a, b) = (new EventTime(left), new EventTime(right));
        Assert.Equal(left < right, a < b);
        Assert.Equal(left > right, a > b);
        Assert.Equal(left <= right, a <= b);
        Assert.Equal(left >= right, a >= b);
        Assert.Equal(left.CompareTo(right), a.CompareTo(b));
    });

    private static long Clamp(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);

    private static Int128 FloorDivide(Int128 value, Int128 unit) =>
        value >= 0 ? value / unit : -((-value + unit - 1) / unit);
}
