using WhoSaw.Detection.Suspicion;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class ObservationsTests
{
    // More than a part holds, and of many kinds.
    private const int Many = 20_000;

    private static Observation Number(int i) => new()
    {
        Time = Shop.Start.Plus(i),
        Offset = i * 100L,
        File = i % 7,
        Unit = (Unit)(i % 4),
        Context = (short)(i % 50),
        IsRepeat = i % 3 == 0,
        Traits = (Trait)(i % 17),
        Silent = i % 2 == 0 ? Trait.NoTicket : Trait.None,
        Suspended = i % 5 == 0 ? Trait.FirstPage : Trait.None,
        Client = new Symbol(i),
        Network = new Symbol(i / 2),
        System = new Symbol(i % 11),
        Agent = new Symbol(i % 101),
        Key = new Symbol(i % 13),
        Principal = new Symbol(i % 19),
        Credential = (ulong)i * 3,
        Account = new SubjectId(i - 5),
    };

    [Fact]
    public void Each_is_as_it_came()
    {
        Observations all = [.. Enumerable.Range(0, Many).Select(Number)];

        Assert.Equal(Enumerable.Range(0, Many).Select(Number), all);
        Assert.Equal(Number(Many - 1).Time, all.TimeOf(Many - 1));
        Assert.Equal(Number(Many - 1).Agent, all.KindOf(Many - 1).Agent);
        Assert.Throws<ArgumentOutOfRangeException>(() => all[Many]);
    }

    [Fact]
    public void What_is_marked_changes_one_alone()
    {
        Observations all = [Number(8), Number(8), Number(8)];

        all.Mark(1, all.KindOf(1) with { Suspended = Trait.Unissued });

        Assert.Equal(Number(8), all[0]);
        Assert.Equal(Number(8) with { Suspended = Trait.Unissued }, all[1]);
        Assert.Equal(Number(8), all[2]);
    }

    [Fact]
    public void When_the_first_are_no_more_the_others_are_as_they_were_and_further_ones_come_behind()
    {
        Observations all = [.. Enumerable.Range(0, Many).Select(Number)];

        all.RemoveFirst(9_001);
        all.Add(Number(Many));

        Assert.Equal(Enumerable.Range(9_001, Many - 9_000).Select(Number), all);
    }
}
