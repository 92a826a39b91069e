namespace WhoSaw.Records;

/// <summary>What became of a request for personal data.</summary>
public enum Outcome : byte
{
    Other,
    Disclosed,
    Refused,

    /// <summary>There is no such subject.</summary>
    Absent,
    Failed,
}

public static class Outcomes
{
    private static readonly string[] Names = ["other", "disclosed", "refused", "absent", "failed"];

    public static string Name(this Outcome outcome) => Names[(int)outcome];

    /// <summary>By HTTP status: 2xx disclosed; 401, 403, 407, 429, 451 refused; 404, 410 absent; 5xx failed.</summary>
    public static Outcome FromStatus(int status) => status switch
    {
        >= 200 and <= 299 => Outcome.Disclosed,
        401 or 403 or 407 or 429 or 451 => Outcome.Refused,
        404 or 410 => Outcome.Absent,
        >= 500 and <= 599 => Outcome.Failed,
        _ => Outcome.Other,
    };
}
