using System.Text.RegularExpressions;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;
using WhoSaw.Scoping.Reports.Charts;
using WhoSaw.Scoping.Tests.Reports;
using Xunit;

namespace WhoSaw.Scoping.Tests.Reports;

public sealed class WordsTests
{
    private static readonly Words English = Words.For(Language.English);
    private static readonly Words Korean = Words.For(Language.Korean);

    [Fact]
    public void Both_languages_have_the_same_sentences_with_the_same_values()
    {
        var english = English.Keys.Where(key => !key.EndsWith(".one", StringComparison.Ordinal)).Order().ToList();
        var korean = Korean.Keys.Where(key => !key.StartsWith("title.", StringComparison.Ordinal)).Order().ToList();
        Assert.Equal(english, korean);
        Assert.All(english, key => Assert.Equal(Places(English.Say(key)), Places(Korean.Say(key))));
    }

    [Fact]
    public void Every_known_category_and_outcome_has_a_word()
    {
        foreach (var words in new[] { English, Korean })
        {
            Assert.All(DataCategory.Known, name => Assert.Contains("category." + name, words.Keys));
            Assert.All(Enum.GetValues<Outcome>(), outcome => Assert.Contains("outcome." + outcome.Name(), words.Keys));
        }
        Assert.Equal("shoe-size", Korean.Category("shoe-size"));
    }

    [Theory]
    [InlineData("all", "모두")]
    [InlineData("0 of 9,311", "9,311 중 0")]
    [InlineData("6,491 of 6,491 sessions", "세션 6,491개 중 6,491개")]
    [InlineData("57 % of tries", "시도의 57 %")]
    [InlineData("key k-1, which staff-4 held, who left on 31 December 2024",
        "키 k-1: 가졌던 사람은 staff-4, 2024년 12월 31일에 떠남")]
    [InlineData("something that nobody translated", "something that nobody translated")]
    public void A_sentence_written_in_English_elsewhere_is_said_in_Korean_where_known(string english, string korean)
    {
        Assert.Equal(korean, Korean.Translate(english));
        Assert.Equal(english, English.Translate(english));
    }

    [Fact]
    public void One_is_one_and_not_ones()
    {
        Assert.Equal("1 account", English.Count("accounts", 1));
        Assert.Equal("0 accounts", English.Count("accounts", 0));
        Assert.Equal("계정 1개", Korean.Count("accounts", 1));
    }

    [Fact]
    public void Times_are_told_in_the_zone_with_the_year_where_it_is_not_plain()
    {
        var moments = new Moments(English, ForgedPassStory.Seoul,
            ForgedPassStory.At(11, 0, 0), ForgedPassStory.At(12, 0, 0));
        Assert.Equal("12 April 00:08", moments.Moment(ForgedPassStory.At(12, 0, 8)));
        Assert.Equal("KST", moments.ZoneName);
        Assert.Equal("17 April 06:00–12:00",
            moments.Stretch(ForgedPassStory.At(17, 6, 0), ForgedPassStory.At(17, 12, 0)));
        Assert.Equal("11 April – 2 May 2025", moments.Period(new DateOnly(2025, 4, 11), new DateOnly(2025, 5, 2)));
        Assert.Equal("30 December 2024 – 2 January 2025",
            moments.Period(new DateOnly(2024, 12, 30), new DateOnly(2025, 1, 2)));
        Assert.Equal("12 April 2025 00:08",
            new Moments(English, ForgedPassStory.Seoul, null, null).Moment(ForgedPassStory.At(12, 0, 8)));
    }

    [Theory]
    [InlineData("all", 1.0)]
    [InlineData("57 % of tries", 0.57)]
    [InlineData("3.1%", 0.031)]
    [InlineData("1,000 of 4,000 sessions", 0.25)]
    [InlineData("0 of 0", 0.0)]
    [InlineData("412 people a day", null)]
    [InlineData("9 of 3", null)]
    [InlineData("", null)]
    public void A_share_is_drawn_only_where_the_text_says_one(string text, double? share) =>
        Assert.Equal(share, EvidenceShare.Read(text));

    [Fact]
    public void Commands_can_be_pasted_whatever_the_path()
    {
        Assert.Equal("whosaw scope --ledger 'my evidence/$x'",
            CommandText.Of("whosaw", "scope", "--ledger", "my evidence/$x"));
        Assert.Equal("a 'it'\\''s' '' 증거/원장", CommandText.Of("a", "it's", "", "증거/원장"));
    }

    private static string Places(string text) =>
        string.Join(',', Regex.Matches(text, @"\{\d\}").Select(place => place.Value).Distinct().Order());
}
