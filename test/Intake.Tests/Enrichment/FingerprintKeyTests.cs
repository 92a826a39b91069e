using WhoSaw.Intake.Enrichment;
using Xunit;

namespace WhoSaw.Intake.Tests.Enrichment;

public sealed class FingerprintKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whosaw-key").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_made_once_and_only_its_owner_can_read_it()
    {
        var path = Path.Combine(_folder, "state", "fingerprint.key");
        var first = FingerprintKey.LoadOrCreate(path, out var fault);
        Assert.Equal("", fault);
        var second = FingerprintKey.LoadOrCreate(path, out _);
        Assert.Equal(first!.Of("session"u8), second!.Of("session"u8));
        Assert.Equal(16, new FileInfo(path).Length);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.NotEqual(first.Of("session"u8),
            FingerprintKey.LoadOrCreate(Path.Combine(_folder, "other.key"), out _)!.Of("session"u8));
    }

    [Fact]
    public void A_damaged_key_is_said_and_never_replaced()
    {
        var path = Path.Combine(_folder, "short.key");
        FingerprintKey.LoadOrCreate(path, out _);
        File.WriteAllBytes(path, new byte[15]);
        Assert.Null(FingerprintKey.LoadOrCreate(path, out var fault));
        Assert.Contains("damaged", fault, StringComparison.Ordinal);
        Assert.Equal(15, new FileInfo(path).Length);
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are those of Unix");
        var path = Path.Combine(_folder, "open.key");
        FingerprintKey.LoadOrCreate(path, out _);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Null(FingerprintKey.LoadOrCreate(path, out var fault));
        Assert.EndsWith("set its mode to 600", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_its_place_is_a_fault()
    {
        Assert.Null(FingerprintKey.LoadOrCreate(_folder, out var fault));
        Assert.NotEqual("", fault);
    }
}
