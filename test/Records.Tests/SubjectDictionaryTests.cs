using CsCheck;

namespace WhoSaw.Records.Tests;

public sealed class SubjectDictionaryTests
{
    // what account ids look like, and what attackers make of them
    private static readonly Gen<byte[]> Ids = Gen.OneOf(
        Gen.Int[0, 50].Select(number => Bytes($"{number}")),
        Gen.Int[0, 50].Select(number => Bytes($"0{number}")),
        Gen.Int[0, 50].Select(number => Bytes($"-{number}")),
        Gen.Int[0, 50].Select(number => Bytes($"99999999999999999{number:00}")),
        Gen.Int[0, 9].Select(number => Bytes($"회원-{number}")),
        Gen.Int[0, 9].Select(number => Bytes($"bytes:{number}f")),
        Gen.Int[0, 255].Select(number => Bytes($"bytes:{number:x2}")),
        Gen.Int[0, 255].Select(number => Bytes($"BYTES:{number:x2}")),
        Gen.Char[' ', '~'].Array[1, 3].Select(letters => Bytes(new string(letters))),
        Gen.Byte.Array[1, 3]);

    [Fact]
    public void Two_people_never_merge() => Ids.List[2, 200].Sample(ids =>
    {
        var dictionary = new SubjectDictionary();
        var numbers = new Dictionary<SubjectId, string>();
        foreach (var id in ids)
        {
            var hex = Convert.ToHexString(id);
            var number = dictionary.Resolve(id);
            Assert.False(number.IsNone);
            if (!numbers.TryAdd(number, hex))
                Assert.Equal(numbers[number], hex);
        }
        Assert.Equal(ids.Select(Convert.ToHexString).Distinct().Count(), numbers.Count);
        Assert.Equal(numbers.Count, numbers.Keys.Select(dictionary.Text).Distinct().Count());
    });

    [Fact]
    public void A_dictionary_that_is_read_again_gives_the_same_numbers() => Ids.List[1, 200].Sample(ids =>
    {
        var before = new SubjectDictionary();
        foreach (var id in ids)
            before.Resolve(id);
        var again = new SubjectDictionary();
        for (var number = -1L; number >= -before.Count; number--)
            Assert.Equal(number, again.Resolve(before.Text(new SubjectId(number))).Value);
        foreach (var id in ids)
            Assert.Equal(before.Resolve(id), again.Resolve(id));
    });

    [Fact]
    public void What_was_resolved_is_found_by_its_text() => Ids.List[1, 100].Sample(ids =>
    {
        var dictionary = new SubjectDictionary();
        foreach (var id in ids)
        {
            var number = dictionary.Resolve(id);
            Assert.Equal(number, dictionary.Find(dictionary.Text(number)));
        }
    });

    [Fact]
    public void Any_text_can_be_resolved_even_half_a_character() => Gen.String.Array[2, 2].Sample(pair =>
    {
        var dictionary = new SubjectDictionary();
        var same = dictionary.Resolve(pair[0]) == dictionary.Resolve(pair[1]);
        Assert.Equal(pair[0] == pair[1], same);
        Assert.NotEqual(dictionary.Resolve("a\ud800"), dictionary.Resolve("a\ud801"));
    });

    [Fact]
    public void Numbers_are_given_in_the_order_in_which_ids_came()
    {
        var dictionary = new SubjectDictionary();
        Assert.Equal(-1, dictionary.Resolve("alice@example.com").Value);
        Assert.Equal(42, dictionary.Resolve("42").Value);
        Assert.Equal(-2, dictionary.Resolve("042").Value);
        Assert.Equal(-1, dictionary.Resolve("alice@example.com").Value);
        Assert.Equal(2, dictionary.Count);
        Assert.Equal("042", dictionary.Text(new SubjectId(-2)));
        Assert.Equal("42", dictionary.Text(new SubjectId(42)));
    }

    [Fact]
    public void Looking_up_adds_nothing()
    {
        var dictionary = new SubjectDictionary();
        Assert.True(dictionary.Find("nobody").IsNone);
        Assert.True(dictionary.Find("").IsNone);
        Assert.True(dictionary.Resolve("").IsNone);
        Assert.Equal(0, dictionary.Count);
    }

    [Fact]
    public void An_id_that_is_not_text_is_shown_by_its_bytes()
    {
        var dictionary = new SubjectDictionary();
        Assert.Equal("bytes:ff", dictionary.Text(dictionary.Resolve([0xFF])));
        Assert.Equal("bytes:fe", dictionary.Text(dictionary.Resolve([0xFE])));
        Assert.Equal("bytes:62797465733a6666", dictionary.Text(dictionary.Resolve("bytes:ff"u8)));
    }

    private static byte[] Bytes(FormattableString text) => Bytes(FormattableString.Invariant(text));

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
