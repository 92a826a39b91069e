namespace WhoSaw.Scoping.Reports;

/// <summary>A language in which people are told what was found; one file in <c>Words/</c> each.</summary>
public enum Language
{
    English,
    Korean,
}

public static class Languages
{
    /// <summary>Reads <c>en</c> or <c>ko</c>, with or without a region (<c>ko-KR</c>); false for any other.</summary>
    public static bool TryParse(string? code, out Language language)
    {
        language = Language.English;
        switch (code?.Split('-', '_', '.')[0].ToLowerInvariant())
        {
            case "en":
                return true;
            case "ko":
                language = Language.Korean;
                return true;
            default:
                return false;
        }
    }

    public static string Code(this Language language) => language == Language.Korean ? "ko" : "en";
}
