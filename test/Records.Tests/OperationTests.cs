namespace WhoSaw.Records.Tests;

public sealed class OperationTests
{
    [Fact]
    public void Fields_are_the_categories_in_the_order_of_the_configuration()
    {
        var operation = new Operation("addresses", [new("name"), new("phone"), new("address")], Others: 20);
        Assert.Equal("name,phone,address", operation.Fields);
        Assert.Equal(20, operation.Others);
    }

    [Fact]
    public void A_login_shows_nothing()
    {
        Assert.Equal("login", Operation.Login.Name);
        Assert.Equal("", Operation.Login.Fields);
        Assert.Equal(0, Operation.Login.Others);
    }

    [Fact]
    public void Every_known_category_is_valid()
    {
        Assert.All(DataCategory.Known, name => Assert.Equal(name, new DataCategory(name).ToString()));
        Assert.Equal(DataCategory.Known.Count, DataCategory.Known.Distinct().Count());
    }

    [Theory]
    [InlineData("blood-type", true)]
    [InlineData("iso-27018", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("Name", false)]
    [InlineData("two words", false)]
    [InlineData("a,b", false)]
    [InlineData("주소", false)]
    public void A_category_is_lower_case_letters_digits_and_hyphens(string? name, bool valid)
    {
        Assert.Equal(valid, DataCategory.IsValid(name));
        if (!valid)
            Assert.Throws<ArgumentException>(() => new DataCategory(name!));
    }

    [Fact]
    public void A_category_has_at_most_64_letters()
    {
        Assert.True(DataCategory.IsValid(new string('a', 64)));
        Assert.False(DataCategory.IsValid(new string('a', 65)));
    }
}
