using System.Globalization;
using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Staff;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Breadth;

/// <summary>
/// An attacker sends noise from ever new addresses and sessions so that memory runs short, and reads slowly meanwhile.
/// </summary>
public sealed class FloodTests
{
    private static readonly EventTime Start = Some.Time("2025-04-14T00:00:00Z");

    // 5 million by default; 50 million by hand.
    private static readonly int Flood = int.Parse(
        Environment.GetEnvironmentVariable("WHOSAW_FLOOD") ?? "5000000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flood_of_fresh_keys_does_not_make_it_forget_the_slow_thief(bool sessions)
    {
        var world = Some.World();
        var options = new BreadthOptions { Memory = 48L << 20, ClientFloor = 50 };
        var detector = new BreadthDetector(
            world.Context, new AddressSystems(world.Context), options, new SurplusOptions());
        var batch = new AccessBatch();
        var symbols = world.Catalog.Symbols;
        var (thief, agent) = (symbols.Intern("203.0.113.9"), symbols.Intern("App/1"));
        long held = 0;
        // A new person every two hours for 60 days; each time thousands of others with a person or two of their own.
        var noise = Flood / (sessions ? 8 : 1) / 720;
        Span<byte> address = stackalloc byte[16];
        for (var step = 0; step < 720; step++)
        {
            var now = Start.Plus(step * 2 * EventTime.Hour);
            Add(Row(now, thief, 1, 900_000 + step));
            for (var i = 0; i < noise; i++)
            {
                var number = step * noise + i;
                System.Buffers.Text.Utf8Formatter.TryFormat(number, address, out var length);
                var client = sessions ? Symbol.None : symbols.Intern(address[..length]);
                for (var people = 0; people <= number % 2; people++)
                    Add(Row(now, client, (ulong)number + 2, number % 500_000 + people));
            }
        }
        detector.Observe(batch);

        var findings = detector.Conclude().ToList();

        var found = Assert.Single(findings, finding => finding.ActorKind == (sessions ? "credential" : "client"));
        Assert.Contains(found.Evidence, evidence => evidence.What == "different people in a year");
        Assert.True(held <= options.Memory * 1.05, $"{held:N0} bytes were held");
        Assert.True(detector.Counts.Fresh.Dropped + detector.Counts.Forgotten > 0);

        void Add(AccessRecord row)
        {
            batch.Add(row, Symbol.None);
            batch.Traits[batch.Count - 1] = row.Traits;
            if (!batch.IsFull)
                return;
            detector.Observe(batch);
            held = Math.Max(held, detector.Counts.Bytes);
            batch.Clear();
        }

        AccessRecord Row(EventTime time, Symbol client, ulong credential, long person) => new()
        {
            Time = time,
            Kind = RecordKind.Access,
            Outcome = Outcome.Disclosed,
            Operation = 1,
            Credential = sessions ? credential * 0x9E3779B97F4A7C15UL : 0,
            Account = sessions ? new SubjectId(7) : SubjectId.None,
            Subject = new SubjectId(person),
            Client = sessions ? Symbol.None : client,
            Agent = agent,
            Traits = sessions ? Trait.SomeoneElse : Trait.None,
        };
    }
}
