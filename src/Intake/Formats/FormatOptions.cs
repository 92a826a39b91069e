namespace WhoSaw.Intake.Formats;

/// <summary>How the lines of a source read.</summary>
/// <param name="Format">
/// A name of <see cref="FormatCatalog.Names"/>, or a format string of nginx (has a <c>$</c>) or Apache (has a
/// <c>%</c>).
/// </param>
/// <param name="Fields">
/// Field (<c>client</c>) to where it stands: a path such as <c>a.b.c</c> in JSON, a variable such as <c>$cookie_sid</c>
/// in a format string. For <c>json</c> it is complete; elsewhere it adds to what the format reads by itself.
/// </param>
/// <param name="Zone">For times that say no offset; null is UTC. Never the machine's zone.</param>
public sealed record FormatOptions(
    string Format, IReadOnlyDictionary<string, string>? Fields = null, TimeZoneInfo? Zone = null);
