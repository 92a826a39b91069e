namespace WhoSaw.Merkle;

/// <summary>Standard base64 without play: one text for each value, so that no byte can change unseen.</summary>
public static class Base64Text
{
    /// <summary>The bytes; null for anything that encoding them again would not give back.</summary>
    public static byte[]? Read(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        Array.Resize(ref bytes, length);
        return Convert.ToBase64String(bytes) == text ? bytes : null;
    }
}
