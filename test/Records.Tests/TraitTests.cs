using System.Numerics;

namespace WhoSaw.Records.Tests;

public sealed class TraitTests
{
    [Fact]
    public void Every_trait_has_a_bit_of_its_own_and_they_leave_no_hole()
    {
        Trait seen = default;
        foreach (var (name, trait) in TraitNames.All)
        {
            Assert.Equal(1, BitOperations.PopCount((uint)trait));
            Assert.False((seen & trait) != 0, $"{name} shares its bit");
            seen |= trait;
        }
        Assert.Equal((1u << TraitNames.All.Count) - 1, (uint)seen);
    }

    [Fact]
    public void Every_trait_of_the_vocabulary_has_a_name()
    {
        var named = TraitNames.All.Select(entry => entry.Trait);
        Assert.Equal(Enum.GetValues<Trait>().Where(trait => trait != Trait.None).Order(), named);
    }

    [Fact]
    public void Names_are_words_with_hyphens_and_found_again()
    {
        foreach (var (name, trait) in TraitNames.All)
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", name);
            Assert.Equal(trait, TraitNames.Find(name));
        }
        Assert.Equal(TraitNames.All.Count, TraitNames.All.Select(entry => entry.Name).Distinct().Count());
    }

    [Fact]
    public void An_unknown_name_is_no_trait()
    {
        Assert.Null(TraitNames.Find("none"));
        Assert.Null(TraitNames.Find(""));
        Assert.Null(TraitNames.Find("Canary"));
    }

    // bits are part of the segment format: changing one changes what old evidence says
    [Theory]
    [InlineData("first-page", 1)]
    [InlineData("unissued", 2)]
    [InlineData("absent", 4)]
    [InlineData("dormant", 8)]
    [InlineData("someone-else", 16)]
    [InlineData("adjacent", 32)]
    [InlineData("hosting", 64)]
    [InlineData("off-hours", 128)]
    [InlineData("new-network", 256)]
    [InlineData("new-agent", 512)]
    [InlineData("canary", 1024)]
    [InlineData("foreign", 2048)]
    [InlineData("no-ticket", 4096)]
    [InlineData("expired", 8192)]
    [InlineData("borrowed", 16384)]
    [InlineData("no-login", 131072)]
    public void The_bits_of_the_format_stay(string name, uint bit) => Assert.Equal((Trait)bit, TraitNames.Find(name));
}
