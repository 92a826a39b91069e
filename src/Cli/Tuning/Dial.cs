using System.Globalization;
using WhoSaw.Detection;
using WhoSaw.Records;

namespace WhoSaw.Cli.Tuning;

/// <summary>
/// A setting of a detector that trades findings a day against time to detection; <c>detection</c> of the configuration
/// sets it, <c>whosaw tune</c> tries it.
/// </summary>
/// <param name="Setting">Its key in the configuration.</param>
/// <param name="Least">Of what may be configured.</param>
/// <param name="Most">Of what may be configured.</param>
/// <param name="Values">Tried beside the usual one and the present one.</param>
/// <param name="Of">The value that options have.</param>
/// <param name="Turn">Options in which it has another value, and all else stays.</param>
internal sealed record Dial(
    string Detector, string Setting, double Least, double Most, IReadOnlyList<double> Values,
    Func<DetectionOptions, double> Of, Func<DetectionOptions, double, DetectionOptions> Turn)
{
    /// <summary>In seconds.</summary>
    public bool IsDuration { get; init; }

    /// <summary>A count of something: no halves.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Every dial, in the order in which a set names its detectors.</summary>
    public static IReadOnlyList<Dial> All { get; } =
    [
        new("unissued-credential", "grace", 0, 86_400, [10, 30, 300, 900, 3600],
            options => options.UnissuedCredential.Grace / EventTime.Second,
            (options, value) => options with
            {
                UnissuedCredential = options.UnissuedCredential with { Grace = (long)value * EventTime.Second },
            })
        { IsDuration = true, IsWhole = true },
        // from a thousand false alarms a year that are allowed to one in a million years
        new("suspicion", "threshold", 13.9, 34.5, [14, 16, 18, 24, 28, 34],
            options => Math.Round(options.Suspicion.Threshold, 2),
            (options, value) => options with
            {
                Suspicion = options.Suspicion with
                {
                    FalseAlarmsPerYear = options.Suspicion.ObservationsPerYear / Math.Exp(value),
                },
            }),
        new("breadth", "session-floor", 1, 1_000_000, [3, 5, 12, 16, 32],
            options => options.Breadth.SessionFloor,
            (options, value) => options with
            {
                Breadth = options.Breadth with { SessionFloor = (int)value },
            })
        { IsWhole = true },
        new("peer", "principal-floor", 1, 1_000_000, [15, 30, 45, 90, 240],
            options => options.Breadth.PrincipalFloor,
            (options, value) => options with
            {
                Breadth = options.Breadth with { PrincipalFloor = (int)value },
            })
        { IsWhole = true },
        new("expired-credential", "clock-skew", 0, 86_400, [60, 300, 1800, 3600, 14_400],
            options => options.MisusedCredential.ClockSkew / EventTime.Second,
            (options, value) => options with
            {
                MisusedCredential = options.MisusedCredential with { ClockSkew = (long)value * EventTime.Second },
            })
        { IsDuration = true, IsWhole = true },
        new("guessed-passwords", "threshold", 1, 1000, [10, 15, 30, 45, 70],
            options => options.GuessedPasswords.Threshold,
            (options, value) => options with
            {
                GuessedPasswords = options.GuessedPasswords with { Threshold = value },
            }),
        new("fuller-answers", "least-ratio", 1.05, 100, [1.1, 1.2, 1.5, 2, 3],
            options => options.FullerAnswers.LeastRatio,
            (options, value) => options with
            {
                FullerAnswers = options.FullerAnswers with { LeastRatio = value },
            }),
        new("absent-accounts", "least-accounts", 1, 1_000_000, [5, 10, 40, 80, 160],
            options => options.AbsentAccounts.LeastAccounts,
            (options, value) => options with
            {
                AbsentAccounts = options.AbsentAccounts with { LeastAccounts = (int)value },
            })
        { IsWhole = true },
        new("walk", "least-steps", 2, 1_000_000, [5, 10, 40, 80, 160],
            options => options.Walk.LeastSteps,
            (options, value) => options with { Walk = options.Walk with { LeastSteps = (int)value } })
        { IsWhole = true },
        new("key-custody", "growth", 1, 1000, [1.5, 2, 5, 10],
            options => options.KeyCustody.Growth,
            (options, value) => options with { KeyCustody = options.KeyCustody with { Growth = value } }),
        new("outflow", "times", 1, 1000, [2, 3, 6, 8, 16],
            options => options.Outflow.Times,
            (options, value) => options with { Outflow = options.Outflow with { Times = value } }),
        new("spill", "certainty", 1, 300, [3, 5, 10, 15],
            options => options.Spill.Certainty,
            (options, value) => options with { Spill = options.Spill with { Certainty = value } }),
    ];

    /// <summary>Every value that is tried, the usual one and the present one among them, in ascending order.</summary>
    public IReadOnlyList<double> Scale(DetectionOptions present) =>
        [.. Values.Append(Of(new DetectionOptions())).Append(Of(present)).Distinct().Order()];

    public string Text(double value) => IsDuration
        ? value < 60 ? Number(value) + " s" : Number(value / 60) + " min"
        : Number(value);

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
