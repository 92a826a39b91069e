using System.Globalization;
using CsCheck;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Tests.Predicates;

/// <summary>
/// Expressions as text, over the few values that <see cref="RandomWorlds"/> has, so that they match something.
/// </summary>
internal static class RandomPredicates
{
    private static readonly string[] Texts = ["client", "network", "agent", "key", "principal", "method",
        "stream", "request", "operation", "fields", "file", "source"];

    private static readonly Gen<string> Text = Pick.From(
        "'192.0.2.1'", "'192.0.2.2'", "'k1'", "'k2'", "'app/1.0'", "'it''s'", "'앱😀'", "''", "'GET'",
        "'gw1'", "'profile'",
        "'name,email'", "'x'' or 1=1 --'", "'Z'");

    private static readonly Gen<string> Pattern = Pick.From(
        "'%'", "'192.%.1'", "'k_'", "'앱_'", "'%''%'", "'app\\%'", "'_'", "'%1%'");
    private static readonly Gen<string> Account = Gen.OneOf(
        Gen.Int[0, 9].Select(i => i.ToString(CultureInfo.InvariantCulture)),
        Pick.From("'b-1'", "'b-2'", "'unknown'", "'3'", "'007'", "-1"));
    private static readonly Gen<string> Time = Gen.Int[-1, 60].Select(i =>
        $"'{World.Start.Plus(i * EventTime.Hour / 2)}'");
    private static readonly Gen<string> Sign = Pick.From("=", "!=", "<", "<=", ">", ">=");
    private static readonly Gen<string> Equality = Pick.From("=", "!=");
    private static readonly Gen<string> Not = Pick.From("", "not ");
    private static readonly Gen<string> Credential = Pick.From(
        "'ffffffffffffffff'", "'0000000000000001'", "'8000000000000000'");

    private static readonly Gen<string> Leaf = Gen.OneOf(
        Gen.Select(Pick.From(Texts), Sign, Text, (c, s, v) => $"{c} {s} {v}"),
        Gen.Select(Pick.From(Texts), Not, Text.Array[1, 40], (c, n, v) => $"{c} {n}in ({string.Join(", ", v)})"),
        Gen.Select(Pick.From(Texts), Not, Text, Text, (c, n, a, b) => $"{c} {n}between {a} and {b}"),
        Gen.Select(Pick.From(Texts), Not, Pattern, (c, n, p) => $"{c} {n}like {p}"),
        Gen.Select(Pick.From([.. Texts, "subject", "account", "credential", "status", "bytes", "time", "outcome"]), Not,
            (c, n) => $"{c} is {n}null"),
        Gen.Select(Pick.From("subject", "account"), Equality, Account, (c, s, v) => $"{c} {s} {v}"),
        Gen.Select(Pick.From("subject", "account"), Sign, Gen.Int[0, 9], (c, s, v) => $"{c} {s} {v}"),
        Gen.Select(Pick.From("subject", "account"), Not, Account.Array[1, 4], (c, n, v) =>
            $"{c} {n}in ({string.Join(",", v)})"),
        Gen.Select(Pick.From("subject", "account"), Not, Gen.Int[0, 9], Gen.Int[0, 9], (c, n, a, b) =>
            $"{c} {n}between {a} and {b}"),
        Gen.Select(Pick.From("status", "bytes", "offset"), Sign, Pick.From(-1, 0, 200, 404, 512), (c, s, v) =>
            $"{c} {s} {v}"),
        Gen.Select(Not, Pick.From(0, 200, 404).Array[1, 40], (n, v) => $"status {n}in ({string.Join(",", v)})"),
        Gen.Select(Sign, Time, (s, v) => $"time {s} {v}"),
        Gen.Select(Not, Time, Time, (n, a, b) => $"time {n}between {a} and {b}"),
        Gen.Select(Equality, Credential, (s, v) => $"credential {s} {v}"),
        Gen.Select(Not, Credential.Array[1, 3], (n, v) => $"credential {n}in ({string.Join(",", v)})"),
        Gen.Select(Equality, Pick.From("disclosed", "refused", "absent", "failed", "other"), (s, v) =>
            $"outcome {s} '{v}'"),
        Gen.Select(Equality, Pick.From("name", "email", "phone", "mail"), (s, v) => $"category {s} '{v}'"),
        Gen.Select(Not, Pick.From("phone", "name").Array[1, 3], (n, v) =>
            $"category {n}in ({string.Join(",", v.Select(x => $"'{x}'"))})"),
        Pick.From([.. TraitNames.All.Select(trait => trait.Name)]),
        Pick.From("true", "false"));

    public static readonly Gen<string> Any = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Leaf
        : Gen.Frequency((3, Leaf),
            (2, Gen.Select(inner, inner, (a, b) => $"({a}) and ({b})")),
            (2, Gen.Select(inner, inner, inner, (a, b, c) => $"{a} or {b} and {c}")),
            (1, inner.Select(a => $"not ({a})"))));
}
