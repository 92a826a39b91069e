using NodaTime;
using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Incidents.Tests.Clocks;

public sealed class LawBookTests
{
    [Fact]
    public void Every_rule_has_a_clause_a_source_a_grade_and_both_languages() =>
        Assert.All(Story.Laws.Duties, duty =>
        {
            Assert.NotEqual("", duty.What.Ko);
            Assert.All(duty.Versions, version =>
            {
                Assert.NotEqual("", version.Clause);
                Assert.NotEmpty(version.Sources);
                Assert.All(version.Sources, source => Assert.StartsWith("https://", source, StringComparison.Ordinal));
            });
        });

    [Fact]
    public void What_was_not_read_in_the_law_itself_says_what_is_unverified() => Assert.All(
        Story.Laws.Duties.SelectMany(duty => duty.Versions).Where(version => version.Grade is "U"),
        version => Assert.NotEmpty(version.Unverified));

    [Fact]
    public void All_regimes_are_there() => Assert.Equal(["EU", "IN", "JP", "KR", "SG", "TW", "UK", "US", "US-CA"],
        Story.Laws.Duties.Select(duty => duty.Jurisdiction).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_not_in_force_has_no_day() =>
        Assert.Null(Story.Laws.Find("tw-pdpa-12-authority")!.On(new LocalDate(2026, 11, 23)));

    [Theory]
    [InlineData("2026-08-15", "2026-08-18")] // Saturday, Sunday, substitute Monday
    [InlineData("2026-09-24", "2026-09-28")] // Chuseok and its weekend
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData("2026-05-01", "2026-05-04")] // Labour Day is a public holiday since 2026
    [InlineData("2025-10-03", "2025-10-10")]
    public void A_last_day_that_is_no_working_day_in_Korea_moves_to_the_next(string last, string moved)
    {
        var days = Story.Laws.Find("kr-pipa-34-1")!.Holidays;
        var zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
        var start = LocalDate.FromDateTime(DateTime.Parse(last, null)).PlusDays(-7).At(new LocalTime(10, 0))
            .InZoneStrictly(zone).ToInstant();
        var due = new Deadline(DeadlineKind.CalendarDays, 7, null, FirstDay.ExcludedUnlessMidnight, true)
            .From(start, zone, days);
        Assert.Equal(LocalDate.FromDateTime(DateTime.Parse(moved, null)), due.Day);
    }

    [Fact]
    public void A_period_that_begins_at_midnight_counts_its_first_day()
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
        var rule = new Deadline(DeadlineKind.CalendarDays, 7, null, FirstDay.ExcludedUnlessMidnight, false);
        var midnight = new LocalDateTime(2026, 11, 23, 0, 0).InZoneStrictly(zone).ToInstant();
        Assert.Equal(new LocalDate(2026, 11, 29), rule.From(midnight, zone, WorkingDays.None).Day);
        Assert.Equal(new LocalDate(2026, 11, 30),
            rule.From(midnight + Duration.FromSeconds(1), zone, WorkingDays.None).Day);
    }

    [Theory]
    [InlineData("\"kind\": \"hours\"", "\"kind\": \"fortnights\"")]
    [InlineData("\"zone\": \"Asia/Seoul\"", "\"zone\": \"Asia/Soeul\"")]
    [InlineData("\"starts\": [\"posted\"]", "\"starts\": [\"postet\"]")]
    [InlineData("{\"fact\": \"sensitive\"}", "{\"fact\": \"sensitiv\"}")]
    [InlineData("\"grade\": \"P\"", "\"grade\": \"A\"")]
    [InlineData("\"source\": [\"PIPA\"]", "\"source\": [\"PPIA\"]")]
    [InlineData("\"replacedBy\": \"kr-pipa-34-1\"", "\"replacedBy\": \"kr-pipa-34-9\"")]
    [InlineData("\"deadline\": {", "\"dedline\": {")]
    public void A_slip_of_the_pen_in_a_law_is_refused(string right, string wrong)
    {
        using var folder = new TemporaryFolder();
        var laws = Path.Combine(RepositoryFolder.Path, "laws");
        foreach (var path in Directory.EnumerateFiles(laws, "*.json", SearchOption.AllDirectories))
            folder.Write(Path.GetRelativePath(laws, path), File.ReadAllText(path));
        Assert.NotEmpty(LawBook.Read(folder.Path).Duties);
        var korea = File.ReadAllText(folder.At("kr.json"));
        Assert.Contains(right, korea, StringComparison.Ordinal);
        folder.Write("kr.json", korea.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => LawBook.Read(folder.Path));
    }
}
