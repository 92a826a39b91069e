using CsCheck;
using WhoSaw.Detection.Breadth;

namespace WhoSaw.Detection.Tests.Breadth;

public sealed class PeopleSetTests
{
    // Dense ids, sparse ones, and some far away as ids from the dictionary are.
    private static readonly Gen<uint> People =
        Gen.OneOf(Gen.UInt[0, 300], Gen.UInt[1_000_000, 40_000_000], Gen.UInt);

    [Fact]
    public void It_holds_what_a_hash_set_holds_and_so_does_its_saved_self() =>
        People.List[0, 4000].Sample(
            people =>
            {
                var (set, oracle) = (new PeopleSet(), new HashSet<uint>());
                foreach (var person in people)
                    Assert.Equal(oracle.Add(person), set.Add(person));
                var restored = Restored(set);
                Assert.Equal((oracle.Count, true), (set.Count, set.IsExact));
                Assert.Equal(oracle.Count, restored.Count);
                Assert.All(people, person => Assert.False(restored.Add(person)));
            },
            iter: 40);

    [Fact]
    public void A_person_takes_less_than_two_bytes()
    {
        var (set, random) = (new PeopleSet(), new Random(1));
        while (set.Count < 1800)
            set.Add((uint)random.Next(10_000_000));

        Assert.InRange(set.Bytes, 1800, 2 * 1800 + 100);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(300_000)]
    public void Beyond_the_limit_it_estimates_within_a_twentieth(int people)
    {
        var set = new PeopleSet();
        for (var i = 0; i < people; i++)
            set.Add((uint)(i * 37));

        Assert.False(set.IsExact);
        Assert.InRange(set.Count, people * 0.95, people * 1.05);
        Assert.Equal(set.Count, Restored(set).Count);
    }

    [Fact]
    public void What_is_left_when_it_is_forgotten_says_about_how_many()
    {
        foreach (var people in new[] { 30, 500, 5000 })
        {
            var set = new PeopleSet();
            for (var i = 0; i < people; i++)
                set.Add((uint)(i * 7919));
            set.Forget(6);

            Assert.InRange(set.Count, people * 0.6, people * 1.4);
        }
    }

    [Fact]
    public void Folding_registers_is_the_same_as_having_had_fewer() => Gen.UInt.Array[0, 3000].Sample(numbers =>
    {
        var (many, few) = (new HyperLogLog(12), new HyperLogLog(6));
        foreach (var number in numbers)
        {
            many.Add(number);
            few.Add(number);
        }
        Assert.Equal(few.Estimate, many.Folded(6).Estimate);
    });

    [Fact]
    public void Fresh_actors_are_told_from_known_ones_whatever_was_removed() =>
        Gen.Select(Gen.ULong[1, 3000], Gen.UInt[0, 5]).List[0, 8000].Sample(
            seen =>
            {
                var (fresh, oracle) = (new FreshActors(), new Dictionary<ulong, List<uint>>());
                foreach (var (actor, person) in seen)
                {
                    if (!oracle.TryGetValue(actor, out var people))
                        oracle.Add(actor, people = []);
                    var expected = people.Contains(person) ? FreshActors.Sight.Again
                        : people.Count switch
                        {
                            0 => FreshActors.Sight.FirstPerson,
                            1 => FreshActors.Sight.SecondPerson,
                            _ => FreshActors.Sight.ThirdPerson,
                        };
                    Assert.Equal(expected, fresh.See(actor, person, out var first, out var second));
                    if (expected == FreshActors.Sight.ThirdPerson)
                    {
                        Assert.Equal(people, [first, second]);
                        oracle.Remove(actor);
                    }
                    else if (expected != FreshActors.Sight.Again)
                    {
                        people.Add(person);
                    }
                }
                Assert.Equal(oracle.Count, fresh.Count);
            },
            iter: 20);

    private static PeopleSet Restored(PeopleSet set)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true))
            set.Save(writer);
        memory.Position = 0;
        using var reader = new BinaryReader(memory);
        return PeopleSet.Restore(reader);
    }
}
