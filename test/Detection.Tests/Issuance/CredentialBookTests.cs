using CsCheck;
using WhoSaw.Detection.Issuance;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Issuance;

public sealed class CredentialBookTests
{
    private static readonly Gen<ulong> Credentials = Gen.OneOf(Gen.ULong[1, 60], Gen.ULong[1, ulong.MaxValue]);

    [Fact]
    public void It_holds_what_a_dictionary_holds_and_so_does_its_saved_self() =>
        Gen.Select(Credentials, Gen.ULong[0, (1UL << 40) - 1]).List[0, 3000].Sample(
            writes =>
            {
                var (book, oracle) = (new CredentialBook(), new Dictionary<ulong, ulong>());
                foreach (var (credential, value) in writes)
                {
                    if (oracle.Count % 50 == 0)
                        book.Warm([.. oracle.Keys, credential, ulong.MaxValue]);
                    Assert.Equal(oracle.ContainsKey(credential), book.TryGet(credential, out var before));
                    Assert.Equal(oracle.GetValueOrDefault(credential), before);
                    book.Set(credential, value);
                    oracle[credential] = value;
                }
                var restored = new CredentialBook();
                using var memory = new MemoryStream();
                using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true))
                    book.Save(writer);
                memory.Position = 0;
                using (var reader = new BinaryReader(memory))
                    restored.Restore(reader);
                foreach (var same in new[] { book, restored })
                {
                    Assert.Equal(oracle.Count, same.Count);
                    Assert.All(oracle, pair => Assert.True(
                        same.TryGet(pair.Key, out var value) && value == pair.Value));
                }
            },
            iter: 20);

    [Fact]
    public void A_credential_takes_less_than_twelve_bytes()
    {
        var (book, random) = (new CredentialBook(), new Random(1));
        // As many in a partition as a hundred million have, in a sixteenth of the partitions.
        for (var i = 0; i < 6_250_000; i++)
            book.Set(Unmixed((ulong)random.NextInt64() << 1, random), 1);

        Assert.InRange(book.Bytes / (double)book.Count, 10, 12);
    }

    [Fact]
    public void What_was_never_added_is_not_found() => Gen.ULong[1, ulong.MaxValue].Sample(credential =>
    {
        var book = new CredentialBook();
        book.Set(credential ^ (1UL << 40), 1);
        return !book.TryGet(credential, out var value) && value == 0;
    });

    [Fact]
    public void An_end_is_known_to_the_minute_and_a_far_one_is_none()
    {
        var pass = IssuedPass.Of(new SubjectId(7), Some.Noon, Some.Noon.Plus(90 * EventTime.Second));

        Assert.Equal(0, pass.MinutesOver(Some.Noon.Plus(2 * EventTime.Minute)));
        Assert.Equal(1, pass.MinutesOver(Some.Noon.Plus(3 * EventTime.Minute)));
        Assert.Equal(1440 - 2, pass.MinutesOver(Some.Noon.Plus(EventTime.Day)));
        Assert.Equal(0, IssuedPass.Of(new SubjectId(7), Some.Noon, Some.Noon.Plus(3000 * EventTime.Day))
            .MinutesOver(Some.Noon.Plus(3001 * EventTime.Day)));
    }

    [Fact]
    public void A_pass_of_one_account_is_not_of_another_and_one_of_two_is_of_both() =>
        Gen.Select(Gen.Long[-5, 1L << 50], Gen.Long[-5, 1L << 50]).Sample((one, other) =>
        {
            var pass = IssuedPass.Of(new SubjectId(one), Some.Noon, EventTime.Latest);
            var both = pass.With(IssuedPass.Of(new SubjectId(other), Some.Noon, EventTime.Latest), Some.Noon);
            return !pass.IsNotOf(new SubjectId(one)) && !both.IsNotOf(new SubjectId(one))
                && !both.IsNotOf(new SubjectId(other));
        });

    // The first sixteenth of the partitions: the mixed fingerprint begins with four zeros.
    private static ulong Unmixed(ulong mixed, Random random)
    {
        mixed = mixed >> 4 | (ulong)random.Next(2) << 59;
        mixed ^= (mixed >> 31) ^ (mixed >> 62);
        mixed *= 0x319642B2D24D8EC3UL;
        mixed ^= (mixed >> 27) ^ (mixed >> 54);
        mixed *= 0x96DE1B173F119089UL;
        return mixed ^ (mixed >> 30) ^ (mixed >> 60);
    }
}
