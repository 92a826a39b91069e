using System.Globalization;
using System.Text.Json;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Versions;

/// <summary>What a scope that was issued says of itself: its document, read back.</summary>
/// <param name="Segments">Digests by name.</param>
public sealed record ScopeVersion(
    int Number, long Accounts, long Views, string Predicate, IReadOnlyList<(string Path, string Sha256)> ValueFiles,
    IReadOnlyDictionary<string, string> Segments, IReadOnlyList<CoverageGap> Gaps)
{
    /// <summary>Reads a document that <see cref="Scope.WriteJson"/> wrote; its digest was checked before.</summary>
    public static ScopeVersion Read(int number, byte[] document)
    {
        using var json = JsonDocument.Parse(document);
        var root = json.RootElement;
        return new ScopeVersion(
            number, root.GetProperty("accounts").GetInt64(), root.GetProperty("views").GetInt64(),
            root.GetProperty("predicate").GetString()!,
            [.. root.GetProperty("valueFiles").EnumerateArray().Select(file => (
                file.GetProperty("path").GetString()!, file.GetProperty("sha256").GetString()!))],
            root.GetProperty("segments").EnumerateArray().ToDictionary(
                segment => segment.GetProperty("name").GetString()!,
                segment => segment.GetProperty("sha256").GetString()!, StringComparer.Ordinal),
            [.. root.GetProperty("coverage").GetProperty("gaps").EnumerateArray().Select(gap => new CoverageGap(
                gap.GetProperty("source").GetString()!, gap.GetProperty("stream").GetString()!,
                Moment(gap.GetProperty("from")), Moment(gap.GetProperty("to")), gap.GetProperty("reason").GetString()!,
                null))]);
    }

    /// <summary>
    /// The predicate as it was then. Throws <see cref="ScopeVersionException"/> when a file of values is another now.
    /// </summary>
    public Predicate ParsePredicate()
    {
        var parsed = Predicates.Predicate.Parse(Predicate);
        var changed = ValueFiles.Any(file => parsed.Predicate?.Files.Any(
            now => now.Path == file.Path && now.Sha256 == file.Sha256) != true);
        return parsed.Predicate is { } predicate && !changed
            ? predicate
            : throw new ScopeVersionException(string.Create(CultureInfo.InvariantCulture,
                $"the predicate of scope {Number} names a file of values that is gone or has changed since"));
    }

    private static EventTime Moment(JsonElement time) => EventTime.From(time.GetDateTimeOffset());
}

/// <summary>A version of a scope cannot be used; the message says which and why.</summary>
public sealed class ScopeVersionException(string message) : IOException(message);
