using CsCheck;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Tests;

internal static class RandomWorlds
{
    private static readonly (string Name, string Fields)[] Shown =
    [
        ("profile", "name,email"), ("addresses", "name,phone,address"), ("addresses", "name,address"),
        ("orders", "order-history"),
        ("login", ""), ("O\"dd, name", "phone,name"),
    ];

    private static Gen<string?> Maybe(params string?[] values) => Pick.From(values);

    private static readonly Gen<SubjectId> Account = Gen.OneOf(
        Gen.Long[0, 9].Select(i => new SubjectId(i)), Gen.Long[-2, -1]
            .Select(i => new SubjectId(i)), Gen.Const(SubjectId.None));

    private static readonly Gen<RecordRow> Row =
        from minutes in Gen.Long[-600, 1800]
        from micros in Pick.From(0L, 0L, 5000L, 123456L)
        from texts in Gen.Select(Maybe("192.0.2.1", "192.0.2.2", null), Maybe("app/1.0", "it's", "앱😀", "app\\x", null),
            Maybe("k1", "k2", null), Maybe("Z", null), Maybe("GET", "POST", null))
        from who in Gen.Select(Account, Account, Pick.From<ulong?>(1, ulong.MaxValue, 1UL << 63, null))
        from shown in Pick.From(Shown)
        from numbers in Gen.Select(Pick.From<int?>(200, 404, 0, null), Pick.From<long?>(512, 0, null), Gen.Long[0, 600])
        from outcome in Gen.Frequency((6, Gen.Const(Outcome.Disclosed)), (4, Gen.Enum<Outcome>()))
        from traits in Gen.OneOf(Gen.Const(0u), Gen.UInt[0, (1 << 15) - 1])
        from stream in Pick.From("gw1", "gw2")
        select new RecordRow
        {
            Time = World.Start.Plus(minutes * EventTime.Minute + micros),
            Source = "gateway",
            Stream = stream,
            File = "logs/" + stream,
            Offset = numbers.Item3,
            Request = texts.Item1 is null ? null : "r" + numbers.Item3,
            Client = texts.Item1,
            Network = texts.Item1,
            Agent = texts.Item2,
            Key = texts.Item3,
            Principal = texts.Item4,
            Method = texts.Item5,
            Account = who.Item1,
            Subject = who.Item2,
            Credential = who.Item3,
            Operation = shown.Name,
            Fields = shown.Fields,
            Status = numbers.Item1,
            Bytes = numbers.Item2,
            Outcome = outcome,
            Traits = (Trait)traits,
        };

    public static readonly Gen<World> Any =
        from rows in Row.List[0, 250]
        from canaries in Gen.Long[-2, 9].HashSet[0, 3]
        from hasAccounts in Gen.Bool
        from people in Gen.Select(Gen.Long[-2, 12], Gen.Int[0, 15], Gen.Int[0, 3]).List[0, 30]
        from hasPeople in Gen.Bool
        select new World
        {
            Rows = rows,
            Accounts = hasAccounts
                ? [.. Enumerable.Range(-2, 14)
                    .Select(i => ((long)i, canaries.Contains(i) ? "canary" : i % 3 == 0 ? "dormant" : "active"))]
                : null,
            People = hasPeople ? [.. people.Select(p => (p.Item1, "p" + p.Item2, p.Item3)).Distinct()] : null,
            Operations = [new OperationEntry("addresses", "name,phone,address", 20),
                new OperationEntry("orders", "order-history", 2)],
        }.With("b-1", "b-2");
}
