using System.Text;

namespace WhoSaw.Scoping.Reports;

/// <summary>Commands as a person pastes them into a shell.</summary>
public static class CommandText
{
    private const int EnoughToDraft = 8;
    private const string Plain = "-_./:=@%+,";

    /// <summary>The words joined by blanks, each in single quotes where a POSIX shell would take it apart.</summary>
    public static string Of(params IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word)
    {
        if (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal)
            || (c > 0x7f && char.IsLetterOrDigit(c))))
            return word;
        var quoted = new StringBuilder("'");
        foreach (var character in word)
            quoted.Append(character == '\'' ? "'\\''" : character.ToString());
        return quoted.Append('\'').ToString();
    }

    /// <summary>What to do next after this story, the most useful first.</summary>
    public static IReadOnlyList<string> Next(ScanStory story)
    {
        var commands = new List<string>();
        if (story.ConfigPath is null && story.Inputs.Count > 0)
            commands.Add(Of(["whosaw", "init", .. story.Inputs.Take(EnoughToDraft)]));
        if (story.LedgerPath is { } ledger)
        {
            var open = story.Findings.Where(finding => finding.IsAboutPeople)
                .Select(finding => finding.Finding).ToList();
            foreach (var finding in open.Where(finding => finding.Where.Length > 0).Take(3))
                commands.Add(Of("whosaw", "scope", "--ledger", ledger, "--finding", finding.Id,
                    "--out", open.Count == 1 ? "exposed.csv" : $"exposed-{finding.Id}.csv"));
            if (open.Count == 0)
                commands.Add(Of("whosaw", "ledger", "status", "--ledger", ledger));
        }
        commands.AddRange(story.FurtherCommands);
        return commands;
    }
}
