using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhoSaw.Incidents.Delivery;
using WhoSaw.Records;

namespace WhoSaw.Cli.Outputs;

/// <summary>
/// Letters to people on duty. Between two of them a pause is kept; what comes meanwhile waits and goes together in the
/// next one, so that a storm of findings is a few letters and none of them is lost.
/// </summary>
internal sealed class MailOutput(OutputOptions options, string password, TimeProvider clock) : FindingOutput
{
    private readonly PlainMail _mail = new(
        new MailServer(options.Host, options.Port, options.Security, options.From)
        {
            User = options.User,
            Password = password,
            Trust = options.TrustPath,
            Timeout = TimeSpan.FromSeconds(30),
        },
        options.To);

    private long? _sent;

    public override int Most => 200;

    public override async Task Ready(CancellationToken stop)
    {
        if (_sent is { } sent && options.Pause - clock.GetElapsedTime(sent) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, clock, stop);
    }

    public override Task Send(RaisedFinding finding, CancellationToken stop) => SendTogether([finding], stop);

    public override async Task SendTogether(IReadOnlyList<RaisedFinding> findings, CancellationToken stop)
    {
        var text = TextOf(findings);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        var result = await _mail.SendAsync(SubjectOf(findings), text, key, clock.GetUtcNow(), stop);
        if (result.State != RecipientState.Accepted)
            throw new OutputException(string.Create(CultureInfo.InvariantCulture,
                $"{options.Name} did not take {Ids(findings)}: {(result.Code == 0 ? "no answer" : $"{result.Code}")}"));
        _sent = clock.GetTimestamp();
    }

    public override void Dispose()
    {
        _mail.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }

    private static string SubjectOf(IReadOnlyList<RaisedFinding> findings)
    {
        var worst = findings.MaxBy(each => (each.Finding.Withdrawn is null, each.Finding.Severity))!;
        var others = findings.Count > 1
            ? string.Create(CultureInfo.InvariantCulture, $" (and {findings.Count - 1} more)") : "";
        return $"[WhoSaw] {LabelOf(worst)} {worst.Finding.Id}: {OneLine(worst.Finding.Title)}{others}";
    }

    private static string TextOf(IReadOnlyList<RaisedFinding> findings)
    {
        var text = new StringBuilder();
        foreach (var each in findings)
        {
            var finding = each.Finding;
            text.Append(CultureInfo.InvariantCulture, $"{LabelOf(each)}  {finding.Id}  {OneLine(finding.Title)}\n")
                .Append(CultureInfo.InvariantCulture, $"{OneLine(finding.Withdrawn ?? finding.Why)}\n")
                .Append(CultureInfo.InvariantCulture, $"{finding.Detector}; {finding.First} to {finding.Last}\n");
            if (each.Accounts is { } accounts)
                text.Append(CultureInfo.InvariantCulture, $"{accounts:N0} accounts, {each.Views ?? 0:N0} views\n");
            if (finding.Where.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"whosaw scope --where \"{OneLine(finding.Where)}\"\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string LabelOf(RaisedFinding each) =>
        each.Finding.Withdrawn is not null ? "WITHDRAWN"
        : (each.IsKnown ? "again " : "") + each.Finding.Severity.ToString().ToUpperInvariant();

    private static string Ids(IReadOnlyList<RaisedFinding> findings) =>
        findings[0].Finding.Id + (findings.Count > 1 ? $" and {findings.Count - 1} more" : "");

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
