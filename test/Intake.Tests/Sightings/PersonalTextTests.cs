using System.Text;
using CsCheck;
using WhoSaw.Intake.Sightings;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Intake.Tests.Sightings;

/// <summary>Numbers in these tests belong to nobody: births yet to come, cards of the issuers' test ranges.</summary>
public sealed class PersonalTextTests
{
    [Theory]
    [InlineData("id=990101-3000007&x", SightingKind.LateResidentNumber, true, "990101-3000007")]
    [InlineData("\"rrn\":\"9901013000007\"", SightingKind.LateResidentNumber, true, "9901013000007")]
    [InlineData("990101-3000006", SightingKind.LateResidentNumber, false, "990101-3000006")]
    [InlineData("card 4111-1111-1111-1111.", SightingKind.Card, true, "4111-1111-1111-1111")]
    [InlineData("pan=4111111111111111", SightingKind.Card, true, "4111111111111111")]
    [InlineData("pan=4111111111111112", SightingKind.Card, false, "4111111111111112")]
    [InlineData("3782 822463 10005", SightingKind.Card, true, "3782 822463 10005")]
    [InlineData("?tel=010-2345-6789", SightingKind.Phone, true, "010-2345-6789")]
    [InlineData("tel:01023456789", SightingKind.Phone, true, "01023456789")]
    [InlineData("+821023456789", SightingKind.Phone, true, "821023456789")]
    [InlineData("mail=kim.lee@example.com&", SightingKind.Email, true, "kim.lee@example.com")]
    [InlineData("mail=kim%40example.co.kr ", SightingKind.Email, true, "kim%40example.co.kr")]
    [InlineData("이름 김 메일 kim@example.com.", SightingKind.Email, true, "kim@example.com")]
    public void What_looks_like_personal_data_is_seen(string text, SightingKind kind, bool checks, string found)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var one = Assert.Single(Find(bytes));
        Assert.Equal((kind, checks), (one.Kind, one.Checks));
        Assert.Equal(found, Encoding.UTF8.GetString(bytes, one.Start, one.Length));
    }

    [Theory]
    [InlineData("2025-04-14T09:12:33.123456789+09:00")]
    [InlineData("[14/Apr/2025:09:12:33 +0900]")]
    [InlineData("1744591953123")]
    [InlineData("Gecko/20100101 Firefox/138.0")]
    [InlineData("order=20250414-0001234")]
    [InlineData("991301-3000007")]
    [InlineData("990101-9000007")]
    [InlineData("a990101-3000007")]
    [InlineData("990101-30000071")]
    [InlineData("0.4111111111111111")]
    [InlineData("4111111111111111abc")]
    [InlineData("1234-1234-1234-1234")]
    [InlineData("/img/icon@2x.png")]
    [InlineData("/npm/vue@3.5.1/dist")]
    [InlineData("app@database:[1234]")]
    [InlineData("01012345678")]
    [InlineData("20101023456789")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    public void What_only_resembles_it_is_not(string text) => Assert.Empty(Find(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_resident_number_born_before_October_2020_needs_no_indulgence()
    {
        Assert.True(ResidentNumber.IsStructured("2009303000000"u8, out var isLate));
        Assert.False(isLate);
        Assert.True(ResidentNumber.IsStructured("2010013000000"u8, out isLate));
        Assert.True(isLate);
        Assert.True(ResidentNumber.IsStructured("9901011000000"u8, out isLate));
        Assert.False(isLate);
    }

    [Fact]
    public void A_foreigner_has_a_check_digit_two_further_on()
    {
        // by hand: 9·2+9·3+0+1·5+0+1·7+7·8 = 113, 113 mod 11 = 3, 11 − 3 + 2 = 10; of a resident with the sign 1:
        // 18+27+5+7+8 = 65, 65 mod 11 = 10, 11 − 10 = 1
        Assert.Equal([0], Enumerable.Range(0, 10).Where(digit => Right("990101700000", digit)));
        Assert.Equal([1], Enumerable.Range(0, 10).Where(digit => Right("990101100000", digit)));
    }

    private static bool Right(string twelve, int digit) =>
        ResidentNumber.HasChecksum(Encoding.ASCII.GetBytes($"{twelve}{digit}"));

    [Fact]
    public void Wherever_in_a_block_it_stands_it_is_seen_once()
    {
        foreach (var text in (string[])["990101-3000007", "4111-1111-1111-1111", "010-2345-6789", "a@example.com"])
            for (var before = 0; before < 150; before++)
            {
                var block = Encoding.ASCII.GetBytes(new string('.', before) + " " + text + " tail");
                var one = Assert.Single(Find(block));
                Assert.Equal((before + 1, text.Length), (one.Start, one.Length));
            }
    }

    /// <summary>The vectors leave out no place at which the rules would find something.</summary>
    [Fact]
    public void Windows_of_vectors_find_what_a_look_at_every_place_finds()
    {
        string[] pieces =
        [
            "990101", "-", "3000007", "4111", "1111", " ", "010", "2345", "6789", "@", "%40", "example", ".com", "x",
            "1", "22", "333", "%", "\"", "3782", "822463", "10005", "/", "가",
        ];
        Gen.Int[0, pieces.Length - 1].Array[1, 60].Sample(chosen =>
        {
            var block = Encoding.UTF8.GetBytes(string.Concat(chosen.Select(i => pieces[i])));
            var expected = new List<PersonalText>();
            var next = 0;
            for (var at = 0; at < block.Length; at++)
            {
                if (at < next || PersonalTextFinder.At(block, at) is not { } found || found.Start < next)
                    continue;
                expected.Add(found);
                next = found.Start + found.Length;
            }
            Assert.Equal(expected, Find(block));
        }, iter: 2000);
    }

    [Theory]
    [InlineData("/pay/uploads/log12.tar.gz?c=id", "/pay/uploads/log#.tar.gz")]
    [InlineData("https://shop.example.com/a/7/b", "/a/#/b")]
    [InlineData("/members/kim@example.com/x", "/members/*/x")]
    [InlineData("/q/%EA%B9%80", "/q/*")]
    [InlineData("/s/9f8e7d6c5b4a39281706", "/s/*")]
    public void A_path_has_a_shape_without_its_values(string target, string shape)
    {
        var room = new byte[PathShape.LongestLength];
        var length = PathShape.Write(Encoding.UTF8.GetBytes(target), room);
        Assert.Equal(shape, Encoding.UTF8.GetString(room, 0, length));
    }

    private static List<PersonalText> Find(byte[] text)
    {
        var found = new List<PersonalText>();
        PersonalTextFinder.Find(text, found);
        return found;
    }
}
