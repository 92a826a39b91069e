namespace WhoSaw.Records.Tests;

public sealed class KeyRegisterTests
{
    [Fact]
    public void A_key_may_have_several_holders()
    {
        var register = new KeyRegister(
        [
            new KeyHolding("k-backup", null, null, "engineer-41", new EventTime(1)),
            new KeyHolding("k-main", null, null, "auth-platform", null),
            new KeyHolding("k-backup", null, null, "auth-platform", null),
        ]);
        Assert.Equal(["engineer-41", "auth-platform"], register.Of("k-backup").Select(holding => holding.Holder));
        Assert.Empty(register.Of("k-unknown"));
        Assert.Empty(KeyRegister.Empty.Holdings);
    }
}
