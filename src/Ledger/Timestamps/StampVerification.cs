using System.Globalization;
using System.Security.Cryptography;
using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>Checks every time stamp of a ledger: right in itself, of the checkpoint beside it, of this past.</summary>
internal sealed class StampVerification(
    string directory, JournalVerification journal, HashSet<string> broken, byte[]? authority)
{
    /// <summary>What the stamps say that are right.</summary>
    public List<string> Said { get; } = [];

    public IReadOnlyList<LedgerFault> Faults()
    {
        var faults = new List<LedgerFault>();
        foreach (var (number, entry) in journal.Entries.Index())
            if (entry is CheckpointStamped stamped && !broken.Contains(stamped.Checkpoint.Name)
                && !broken.Contains(stamped.Token.Name) && FaultOf(stamped) is { } fault)
                faults.Add(new LedgerFault($"{stamped.Token.Name} {fault}", number));
        return faults;
    }

    private string? FaultOf(CheckpointStamped stamped)
    {
        var checkpoint = File.ReadAllBytes(Path.Combine(directory, stamped.Checkpoint.Name));
        var answer = File.ReadAllBytes(Path.Combine(directory, stamped.Token.Name));
        if (TimestampReply.Read(answer, null, out var fault) is not { } reply)
            return fault;
        if (!reply.IsOf(SHA256.HashData(checkpoint)))
            return "is not of the checkpoint beside it";
        if (reply.Time != stamped.Stamped)
            return "says another time than its entry";
        if (SignedNote.Parse(checkpoint) is not { } note || Checkpoint.Parse(note.Text) is not { } head)
            return "is of something that is no checkpoint";
        if (head.Size != stamped.Entries || head.Size > journal.Tree.Size
            || journal.Tree.Root(head.Size) != head.Root)
            return "is of another past than this ledger's";
        if (authority is not null && reply.IsSignedUnder(authority) != true)
            return "is not signed under the certificate that is trusted";
        Said.Add(string.Create(CultureInfo.InvariantCulture,
            $"The first {head.Size} entries existed on {reply.Time}: a time stamp of {reply.Authority}")
            + (authority is null ? " (its certificate was not compared: give yours with --authority)." : "."));
        return null;
    }
}
