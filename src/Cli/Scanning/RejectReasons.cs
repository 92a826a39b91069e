using WhoSaw.Intake.Formats;

namespace WhoSaw.Cli.Scanning;

internal static class RejectReasons
{
    /// <summary>Why a line is not a record, in words.</summary>
    public static string Words(RejectReason reason) => reason switch
    {
        RejectReason.Malformed => "malformed",
        RejectReason.NoTime => "no time",
        RejectReason.BadTime => "impossible time",
        RejectReason.BadNumber => "not a number",
        RejectReason.NoRequest => "no request",
        RejectReason.NotJson => "not JSON",
        RejectReason.TooLong => "longer than 1 MiB",
        RejectReason.Binary => "binary",
        RejectReason.UnknownFields => "columns unknown",
        _ => "other",
    };
}
