using System.Text.Json;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Outputs;

/// <summary>A finding as it is told to other systems.</summary>
/// <param name="IsKnown">An earlier run raised it already: it goes on, or more of it is known.</param>
/// <param name="Accounts">Of its scope; null where it has none.</param>
internal sealed record RaisedFinding(Finding Finding, bool IsKnown, long? Accounts = null, long? Views = null)
{
    /// <summary>One JSON object without a line end: the same as in <c>scan --json</c>.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, FindingJson.Options))
        {
            writer.WriteStartObject();
            WriteProperties(writer, Finding, Accounts, Views);
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>The properties of a finding and of its scope, into an object that is open.</summary>
    public static void WriteProperties(Utf8JsonWriter writer, Finding finding, long? accounts, long? views)
    {
        FindingJson.WriteProperties(writer, finding);
        if (accounts is { } accountCount)
            writer.WriteNumber("accounts", accountCount);
        if (views is { } viewCount)
            writer.WriteNumber("views", viewCount);
    }
}

/// <summary>
/// A way out for findings; <c>scan</c> and <c>watch</c> use the same. To add one: a class of this kind, a line in
/// <see cref="OutputSet"/> and in <see cref="OutputReader"/>.
/// </summary>
internal abstract class FindingOutput : IDisposable
{
    /// <summary>
    /// Hands the finding over. Throws <see cref="OutputException"/> when it was not taken, after all tries.
    /// </summary>
    public abstract Task Send(RaisedFinding finding, CancellationToken stop);

    /// <summary>How many findings it hands over at once.</summary>
    public virtual int Most => 1;

    /// <summary>Waits until it may send again; what comes meanwhile waits with it.</summary>
    public virtual Task Ready(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Hands over at most <see cref="Most"/> findings: all, or none of them.</summary>
    public virtual Task SendTogether(IReadOnlyList<RaisedFinding> findings, CancellationToken stop) =>
        Send(findings[0], stop);

    public virtual void Dispose()
    {
    }
}

/// <summary>A finding could not be handed over; the message is a sentence without secrets.</summary>
internal sealed class OutputException(string sentence, Exception? cause = null) : Exception(sentence, cause);
