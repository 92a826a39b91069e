using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>The page in a bundle that says, in words for people, what it is and how it is checked.</summary>
internal static class BundleNote
{
    public static string Text(LedgerHead head, BundleChoice choice)
    {
        var (text, findings, files) = (new StringBuilder(), choice.Findings, choice.Files);
        text.Append(CultureInfo.InvariantCulture, $"""
            EVIDENCE FROM AN ACCESS LEDGER

            This file holds records of who accessed whose personal data, as they were kept when the logs were
            read, and the means to check that nothing in them was changed since.

            It holds {files.Count} files of the ledger {head.Origin}, whose journal had {head.Size} entries.

            """);
        text.Append('\n');
        foreach (var finding in findings)
            text.Append(CultureInfo.InvariantCulture,
                $"Finding {finding.Id}: {finding.Title}\n  from {finding.First} to {finding.Last}\n");
        if (choice.Excerpt is { } excerpt)
            text.Append(CultureInfo.InvariantCulture, $"""

                THIS IS AN EXCERPT: {excerpt.Rows} records, picked by
                  {excerpt.Where}
                The folder excerpts/ holds those rows of the ledger's files, and the rows of its other tables that are
                about the same people. A journal entry names each part by its digest, and the file it was taken from by
                that file's digest. So it is proven that this is what the holder of the key gave out, and from which
                files; it cannot be changed or denied later. It is NOT proven by this bundle alone that the rows stand
                in those files, or that no other row matched: for that, ask for the files themselves. Their digests
                are here, and the same excerpt can be made from them again, byte for byte.

                """);
        text.Append("""

            HOW TO CHECK IT, offline and without trust in whoever gave it to you
              whosaw ledger check THIS-FILE
            or, with a second program that shares no code with the first (Python 3 is enough)
              python3 verify_bundle.py THIS-FILE

            WHAT A PASSED CHECK PROVES
              - Every file is, byte for byte, the one that the journal recorded.
              - Every journal entry here is in the journal whose head (checkpoint) is signed.
              - The head was signed with the key in public-key.
            WHAT IT DOES NOT PROVE
              - Whose key it is: compare public-key with what you were told by another way.
              - That the journal is the only one: compare the checkpoint with one that you were given earlier.
              - That the logs told the truth, or that nothing happened that was never logged.

            WHERE THINGS ARE
              checkpoint      the signed head of the journal
              public-key      the key it is signed with
              manifest.json   the files, the journal entries, and a proof for each entry
              segments/       the access records, in Parquet
              excerpts/       some rows of such files, where not the whole was given
              totals/         how many lines each log had in each minute: what the logs can show
              findings/       what was found, in words

            The records are personal data. Keep them as you would keep the logs.

            """);
        return text.ToString();
    }
}
