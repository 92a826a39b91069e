namespace WhoSaw.Intake.Routes;

/// <summary>
/// The room that matching needs; one for each thread. What a match gives is valid until the next match with it.
/// </summary>
public sealed class RouteScratch
{
    private byte[] _path = new byte[1024];
    private byte[] _second = [];
    private byte[] _text = new byte[1024];

    internal (int Start, int Length)[] Items { get; } = new (int, int)[SubjectList.Most];
    internal int[] Seen { get; } = new int[2048];

    internal Span<byte> Path(int length) => Room(ref _path, length);

    internal Span<byte> Second(int length) => Room(ref _second, length);

    internal Span<byte> Text(int length) => Room(ref _text, length);

    private static Span<byte> Room(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new byte[Math.Max(length, buffer.Length * 2)];
        return buffer;
    }
}
