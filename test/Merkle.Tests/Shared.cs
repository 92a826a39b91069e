using NSec.Cryptography;

namespace WhoSaw.Merkle.Tests;

/// <summary>Material that is not part of the repository; tests that need it skip where it is missing.</summary>
internal static class Shared
{
    /// <summary>A folder or file below <c>conformance</c>, or null.</summary>
    public static string? Conformance(string name)
    {
        var root = Environment.GetEnvironmentVariable("WHOSAW_SHARED") ?? Beside();
        var path = root is null ? null : Path.Combine(root, "conformance", name);
        return Path.Exists(path) ? path : null;
    }

    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey, out var imported)
        && SignatureAlgorithm.Ed25519.Verify(imported!, message, signature);

    private static string? Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "WhoSaw.slnx")))
                return folder.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared");
        return null;
    }
}
