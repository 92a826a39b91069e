using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary><c>findings/000001.jsonl</c>: the findings of one commit, one a line.</summary>
internal static class FindingFile
{
    /// <summary>Writes the file; the entries of its findings.</summary>
    public static List<FindingRaised> Write(
        StagedFile file, string path, IEnumerable<Finding> findings, int commit)
    {
        var entries = new List<FindingRaised>();
        try
        {
            foreach (var finding in findings)
            {
                var line = FindingJson.ToLine(finding);
                file.Write(line);
                file.Write("\n"u8);
                entries.Add(new FindingRaised(
                    commit, finding.Id, FindingJson.NameOf(finding.Kind), FindingJson.NameOf(finding.Severity),
                    finding.Raised, Convert.ToHexStringLower(SHA256.HashData(line))));
            }
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
        file.Complete();
        return entries;
    }

    /// <summary>
    /// The findings of all commits in the order of their ids; a later one replaces an earlier one of its id.
    /// </summary>
    /// <param name="withdrawn">Those that no longer stand; otherwise those that do.</param>
    public static IReadOnlyList<Finding> ReadAll(string directory, IEnumerable<string> names, bool withdrawn)
    {
        var byId = new Dictionary<string, Finding>(StringComparer.Ordinal);
        foreach (var name in names)
            foreach (var finding in Read(directory, name))
                byId[finding.Id] = finding;
        return [.. byId.Values.Where(finding => finding.Withdrawn is not null == withdrawn)
            .OrderBy(NumberOf).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    private static List<Finding> Read(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            var bytes = File.ReadAllBytes(path).AsSpan();
            var findings = new List<Finding>();
            foreach (var range in bytes.Split((byte)'\n'))
                if (bytes[range].Length > 0)
                    findings.Add(FindingJson.Read(bytes[range]));
            return findings;
        }
        catch (JsonException exception)
        {
            throw new LedgerException($"The ledger is corrupt: {name} does not read as findings.", exception);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }

    private static int NumberOf(Finding finding) =>
        finding.Id.Length > 1
        && int.TryParse(finding.Id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;
}
