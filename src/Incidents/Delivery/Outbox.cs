using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Incidents.Delivery;

/// <summary>What an outbox is for; it never changes.</summary>
/// <param name="Notice">SHA-256 of the approved notice.</param>
public sealed record OutboxPlan(
    string Case, string Notice, int Recipients, long Holders, long AddressBook, long WithMail, long WithPhone,
    long Unreachable)
{
    /// <summary>
    /// Of the file of recipients, by whose lines the states are counted; null in an outbox of an earlier version.
    /// </summary>
    public string? RecipientsSha256 { get; init; }
}

/// <summary>
/// The people to be told of one notice and what became of each, in a folder of its own that holds contacts and so lies
/// outside the ledger: <c>outbox.json</c>, <c>recipients.tsv</c>, <c>states.log</c>. One process at a time.
/// </summary>
public sealed class Outbox : IDisposable
{
    private const string PlanFile = "outbox.json";
    private const string RecipientsFile = "recipients.tsv";
    private const string StatesFile = "states.log";
    private readonly string _folder;
    private readonly StateLog _states;
    private readonly FileStream _lock;

    private Outbox(string folder, OutboxPlan plan)
    {
        _folder = folder;
        Plan = plan;
        _lock = Lock(folder);
        _states = new StateLog(Path.Combine(folder, StatesFile), plan.Recipients);
    }

    public OutboxPlan Plan { get; }

    /// <summary>True when somebody asked a running delivery to pause.</summary>
    public bool IsPaused => File.Exists(Path.Combine(_folder, "pause"));

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, PlanFile));

    /// <summary>True when nobody was tried from it yet, so that it may be made anew.</summary>
    public static bool IsUntouched(string folder) =>
        new FileInfo(Path.Combine(folder, StatesFile)) is { Exists: true, Length: 0 };

    /// <summary>
    /// Writes the recipients down, each once, as they come; the outbox exists when this returns, or not at all. Throws
    /// <see cref="InvalidDataException"/> where the folder holds states of another delivery: they would be taken for
    /// those of these people.
    /// </summary>
    public static OutboxPlan Create(string folder, string incident, string notice, IEnumerable<ScopePerson> people)
    {
        var states = Path.Combine(folder, StatesFile);
        if (File.Exists(states) && new FileInfo(states).Length > 0)
            throw new InvalidDataException($"{folder} holds the states of a delivery whose {PlanFile} is gone: restore "
                + "it, or name another folder");
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (count, holders, mail, phone, unreachable) = (0, 0L, 0L, 0L, 0L);
        using var locked = Lock(folder);
        var path = Path.Combine(folder, RecipientsFile);
        using (var file = new FileStream(path, FileMode.Create))
        {
            using var writer = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            foreach (var person in people)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{Field(person.Person)}\t{(person.IsHolder ? 1 : 0)}\t{Field(person.Email)}\t"));
                writer.Write($"{Field(person.Phone)}\t{Field(person.Language)}\n");
                count++;
                holders += person.IsHolder ? 1 : 0;
                mail += person.Email is null ? 0 : 1;
                phone += person.Phone is null ? 0 : 1;
                unreachable += person.Email is null && person.Phone is null ? 1 : 0;
            }
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
        using (var empty = new FileStream(states, FileMode.Create))
            empty.Flush(flushToDisk: true);
        var plan = new OutboxPlan(incident, notice, count, holders, count - holders, mail, phone, unreachable)
        {
            RecipientsSha256 = DigestOf(path),
        };
        var part = Path.Combine(folder, PlanFile + ".part");
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(plan, OutboxJson.Default.OutboxPlan));
        File.Move(part, Path.Combine(folder, PlanFile), overwrite: true);
        return plan;
    }

    /// <summary>
    /// Opens an outbox for sending. What a process left claimed when it died is in doubt from here on. Throws
    /// <see cref="IOException"/> while another process has it, and <see cref="InvalidDataException"/> when one of its
    /// files is gone or was changed: people would be told twice or never.
    /// </summary>
    public static Outbox Open(string folder)
    {
        OutboxPlan? plan;
        try
        {
            plan = JsonSerializer.Deserialize(
                File.ReadAllBytes(Path.Combine(folder, PlanFile)), OutboxJson.Default.OutboxPlan);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{PlanFile} of {folder} is damaged: restore it", fault);
        }
        if (plan is null || !File.Exists(Path.Combine(folder, StatesFile))
            || !File.Exists(Path.Combine(folder, RecipientsFile)))
            throw new InvalidDataException($"{folder} is no whole outbox: restore {PlanFile}, {RecipientsFile} and "
                + $"{StatesFile} before anything is sent");
        if (plan.RecipientsSha256 is { } digest && DigestOf(Path.Combine(folder, RecipientsFile)) != digest)
            throw new InvalidDataException($"{RecipientsFile} of {folder} was changed: restore it before anything is "
                + "sent");
        return new Outbox(folder, plan);
    }

    public RecipientState StateOf(int recipient, DeliveryChannel channel)
    {
        var state = _states[recipient, channel];
        return state == RecipientState.Claimed ? RecipientState.Doubt : state;
    }

    /// <summary>All recipients in their order, read from the file as they are asked for.</summary>
    public IEnumerable<Recipient> Recipients()
    {
        var index = 0;
        foreach (var line in File.ReadLines(Path.Combine(_folder, RecipientsFile)))
        {
            var cells = line.Split('\t');
            yield return new Recipient(
                index++, cells[0], cells[1] == "1", Cell(cells[2]), Cell(cells[3]), Cell(cells[4]));
        }
    }

    /// <summary>
    /// The same for this person, notice and channel for ever, and telling nobody who it is: the key by which a
    /// server, a mailbox or a gateway can see that it has the message already.
    /// </summary>
    public string KeyOf(Recipient recipient, DeliveryChannel channel) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Plan.Case}\n{Plan.Notice}\n{recipient.Person}\n{(int)channel}")).AsSpan(0, 16));

    /// <summary>Writes intents durably; only then may anything be handed to a server.</summary>
    public void Claim(IEnumerable<Recipient> recipients, DeliveryChannel channel, DateTimeOffset now)
    {
        foreach (var recipient in recipients)
            _states.Append(recipient.Index, channel, RecipientState.Claimed, 0, now);
        _states.Sync();
    }

    /// <summary>What became of one; survives the death of the process at once, and that of the machine at the next
    /// <see cref="Claim"/>.</summary>
    public void Record(Recipient recipient, DeliveryChannel channel,
        RecipientState state, int code, DateTimeOffset now) =>
        _states.Append(recipient.Index, channel, state, code, now);

    /// <summary>
    /// Decides what is in doubt by a log of the server: keys that it accepted are accepted, all others go out again.
    /// </summary>
    /// <param name="accepted">Lines that contain the keys, such as a mail server's log.</param>
    /// <returns>How many were decided either way.</returns>
    public (int Accepted, int Again) Resolve(DeliveryChannel channel, IEnumerable<string> accepted, DateTimeOffset now)
    {
        var doubtful = Recipients().Where(each => StateOf(each.Index, channel) == RecipientState.Doubt)
            .ToDictionary(each => KeyOf(each, channel), StringComparer.Ordinal);
        var all = doubtful.Count;
        if (all > 0)
            foreach (var key in accepted.SelectMany(KeysIn))
                if (doubtful.Remove(key, out var recipient))
                    Record(recipient, channel, RecipientState.Accepted, 0, now);
        foreach (var recipient in doubtful.Values)
            Record(recipient, channel, RecipientState.Pending, 0, now);
        _states.Sync();
        return (all - doubtful.Count, doubtful.Count);
    }

    /// <summary>Records messages that came back, by lines that contain their keys; gives how many.</summary>
    public int Bounce(DeliveryChannel channel, IEnumerable<string> lines, DateTimeOffset now)
    {
        var keys = lines.SelectMany(KeysIn).ToHashSet(StringComparer.Ordinal);
        var count = 0;
        foreach (var recipient in keys.Count == 0 ? [] : Recipients())
            if (StateOf(recipient.Index, channel) == RecipientState.Accepted
                && keys.Contains(KeyOf(recipient, channel)))
            {
                Record(recipient, channel, RecipientState.Bounced, 0, now);
                count++;
            }
        _states.Sync();
        return count;
    }

    public void Dispose()
    {
        _states.Dispose();
        _lock.Dispose();
    }

    private static IEnumerable<string> KeysIn(string line)
    {
        const int Length = 32;
        for (int start = 0, i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && char.IsAsciiHexDigitLower(line[i]))
                continue;
            if (i - start == Length)
                yield return line[start..i];
            start = i + 1;
        }
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"another process works on {folder}", taken);
        }
    }

    private static string DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string? Cell(string text) => text.Length == 0 ? null : text;

    private static string Field(string? text) => text is null ? ""
        : text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0 ? text
        : throw new FormatException("a contact holds a tab or a line end: correct the file of contacts");
}

[JsonSerializable(typeof(OutboxPlan))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class OutboxJson : JsonSerializerContext;
