namespace WhoSaw.Intake.Directories;

/// <summary>
/// Something in a directory's file that cannot be understood. Lines count from 1; 0 is the file as a whole.
/// </summary>
public sealed record FileFault(string File, long Line, string Sentence)
{
    public override string ToString() => Line == 0 ? $"{File}: {Sentence}" : $"{File}:{Line}: {Sentence}";
}
