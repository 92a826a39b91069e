using System.Security.Cryptography;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Has an authority say when a checkpoint existed: then nobody can have made it later, not even we.</summary>
public static class Timestamping
{
    private const int NonceLength = 8;

    /// <summary>
    /// Stamps the checkpoint as it is, keeps it and the stamp beside it, and says so in the journal. Throws
    /// <see cref="LedgerException"/> when the answer is not right; then nothing is kept.
    /// </summary>
    /// <param name="authority">
    /// Hands a request to the authority and gives its answer (application/timestamp-query and -reply).
    /// </param>
    /// <param name="trusted">The certificate that must stand behind the answer (PEM or DER); null for any.</param>
    public static CheckpointStamped Stamp(
        string directory, LedgerOptions options, Func<byte[], byte[]> authority, byte[]? trusted, string by,
        EventTime now) => Stamp(directory, options, authority, trusted, by, now, FileSystem.Real);

    internal static CheckpointStamped Stamp(
        string directory, LedgerOptions options, Func<byte[], byte[]> authority, byte[]? trusted, string by,
        EventTime now, FileSystem files)
    {
        var checkpoint = JournalBundles.ReadCheckpoint(directory)
            ?? throw new LedgerException($"{directory} is not a ledger: it has no {LedgerLayout.Checkpoint}.");
        var (_, head) = JournalBundles.ParseCheckpoint(checkpoint);
        var request = TimestampReply.RequestOf(
            SHA256.HashData(checkpoint), RandomNumberGenerator.GetBytes(NonceLength));
        var answer = authority(request.GetEncoded());
        var reply = TimestampReply.Read(answer, request, out var fault)
            ?? throw new LedgerException($"The authority's answer {fault}.");
        if (trusted is not null && reply.IsSignedUnder(trusted) != true)
            throw new LedgerException("The authority's answer is not signed under the certificate that is trusted.");
        var staging = new Staging(files, directory);
        var (done, undone) = (false, true);
        using var turn = LedgerLock.TakeJournal(directory, options.Patience);
        var journal = Journal.Load(directory);
        var signer = options.SignerFor(isNew: false);
        try
        {
            var entry = new CheckpointStamped(
                head.Size, staging.Write(LedgerLayout.StampedCheckpoint(head.Size), checkpoint),
                staging.Write(LedgerLayout.StampToken(head.Size), answer), reply.Authority, reply.Time, by)
            {
                Time = now,
            };
            staging.Publish();
            journal.Append(files, signer, [entry], out undone);
            done = true;
            return entry;
        }
        finally
        {
            if (!done && undone)
                staging.Discard();
        }
    }
}
