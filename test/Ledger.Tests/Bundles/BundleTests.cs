using System.Diagnostics;
using System.IO.Compression;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class BundleTests
{
    [Theory]
    [InlineData]
    [InlineData("F0")]
    public void A_bundle_is_checked_with_nothing_but_itself(params string[] findings)
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        VerificationTests.Small(folder);
        var summary = BundleWriter.Write(folder.Path, findings, outside.At("b.zip"));
        var report = BundleCheck.Run(outside.At("b.zip"), VerificationTests.Trusting().Key);
        Assert.Empty(report.Faults);
        Assert.Equal((summary.Files, summary.Entries), (report.Files, report.Entries));
        Assert.NotEmpty(BundleCheck.Run(outside.At("b.zip"), Ed25519.TextOf(new FixedSigner(9).PublicKey.Span)).Faults);
        BundleWriter.Write(folder.Path, findings, outside.At("again.zip"));
        Assert.Equal(File.ReadAllBytes(outside.At("b.zip")), File.ReadAllBytes(outside.At("again.zip")));
    }

    [Fact]
    public void The_second_program_says_the_same_as_the_first()
    {
        var script = Script();
        Assert.SkipUnless(script is not null && Python(["--version"]) == 0, "there is no Python here");
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        VerificationTests.Small(folder);
        BundleWriter.Write(folder.Path, [], outside.At("b.zip"));
        Assert.Equal(0, Python([script, outside.At("b.zip"), VerificationTests.Trusting().Key!]));
        // -S leaves out installed packages: the signature is then checked by the script's own arithmetic
        Assert.Equal(0, Python(["-I", "-S", script, outside.At("b.zip")]));
        foreach (var part in new[] { "checkpoint", "manifest.json", "totals/000001.parquet", "findings/000002.jsonl" })
        {
            Tamper(outside.At("b.zip"), outside.At("t.zip"), part);
            Assert.NotEmpty(BundleCheck.Run(outside.At("t.zip")).Faults);
            Assert.NotEqual(0, Python([script, outside.At("t.zip")]));
            Assert.NotEqual(0, Python(["-I", "-S", script, outside.At("t.zip")]));
        }
    }

    [Fact]
    public void An_excerpt_holds_the_rows_that_were_picked_and_what_is_about_their_people()
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        VerificationTests.Small(folder);
        var summary = Excerpt(folder, outside.At("b.zip"));
        Assert.Equal(2, summary.Rows);
        Assert.Empty(BundleCheck.Run(outside.At("b.zip"), VerificationTests.Trusting().Key).Faults);
        HoldTests.RequireSound(folder);
        ZipFile.ExtractToDirectory(outside.At("b.zip"), outside.At("out"));
        foreach (var part in Directory.GetFiles(outside.At("out/excerpts/segments"), "*", SearchOption.AllDirectories))
            Assert.Equal([1L], StoredRecords.Read(part).Select(row => row["subject"]));
        Assert.False(Directory.Exists(outside.At("out/segments")));
        Assert.False(Directory.Exists(outside.At("out/excerpts/dictionary")));
        Assert.Single(File.ReadLines(outside.At("out/excerpts/findings/000001.jsonl")));
        var made = LedgerJournal.Read(folder.Path).OfType<ExcerptMade>().ToList();
        Excerpt(folder, outside.At("again.zip"));
        Assert.Equal(
            made.SelectMany(each => each.Parts),
            LedgerJournal.Read(folder.Path).OfType<ExcerptMade>().Skip(made.Count).SelectMany(each => each.Parts));
    }

    [Fact]
    public void An_excerpt_that_was_changed_is_found_by_both_programs()
    {
        var script = Script();
        Assert.SkipUnless(script is not null && Python(["--version"]) == 0, "there is no Python here");
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        VerificationTests.Small(folder);
        KeyRotation.Run(folder.Path, Some.Options, new FixedSigner(8), "a custodian left", "counsel", Some.Noon);
        var options = Some.Options with { Signer = new FixedSigner(8) };
        Excerpt(folder, outside.At("b.zip"), options);
        foreach (var key in new[] { Some.Options.Signer!, options.Signer })
        {
            var text = Ed25519.TextOf(key.PublicKey.Span);
            Assert.Empty(BundleCheck.Run(outside.At("b.zip"), text).Faults);
            Assert.Equal(0, Python([script, outside.At("b.zip"), text]));
        }
        Assert.Equal(0, Python(["-I", "-S", script, outside.At("b.zip")]));
        Assert.NotEqual(
            0, Python([script, outside.At("b.zip"), Ed25519.TextOf(new FixedSigner(9).PublicKey.Span)]));
        foreach (var part in new[]
        {
            "manifest.json", "excerpts/segments/2025-04-14/000001.parquet", "excerpts/findings/000001.jsonl",
        })
        {
            Tamper(outside.At("b.zip"), outside.At("t.zip"), part);
            Assert.NotEmpty(BundleCheck.Run(outside.At("t.zip")).Faults);
            Assert.NotEqual(0, Python([script, outside.At("t.zip")]));
        }
        Rewrite(outside.At("b.zip"), outside.At("t.zip"), "manifest.json", bytes => System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(bytes).Replace("subject 1", "subject 2", StringComparison.Ordinal)));
        Assert.NotEmpty(BundleCheck.Run(outside.At("t.zip")).Faults);
        Assert.NotEqual(0, Python([script, outside.At("t.zip")]));
    }

    [Fact]
    public void What_is_no_bundle_is_said()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("b.zip"), "no bundle");
        Assert.NotEmpty(BundleCheck.Run(folder.At("b.zip")).Faults);
    }

    private static BundleSummary Excerpt(TemporaryFolder folder, string path, LedgerOptions? options = null) =>
        BundleWriter.WriteExcerpt(folder.Path, options ?? Some.Options, new ExcerptRequest
        {
            Records = new HashSet<RecordKey>
            {
                new(Some.Noon, "gateway", "logs/gw1-20250414.log", 0, new Records.SubjectId(1)),
            },
            Where = "subject 1",
            Findings = ["F0"],
            By = "clerk",
        }, path);

    private static void Tamper(string from, string to, string part) => Rewrite(from, to, part, bytes =>
    {
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    });

    private static void Rewrite(string from, string to, string part, Func<byte[], byte[]> change)
    {
        File.Copy(from, to, overwrite: true);
        using var zip = ZipFile.Open(to, ZipArchiveMode.Update);
        var entry = zip.GetEntry(part)!;
        using var bytes = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(bytes);
        entry.Delete();
        var changed = change(bytes.ToArray());
        using var output = zip.CreateEntry(part).Open();
        output.Write(changed);
    }

    private static int Python(IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", arguments)
            {
                RedirectStandardOutput = true,
            });
            process!.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static string? Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "tools", "verify_bundle.py") is var path && File.Exists(path))
                return path;
        return null;
    }
}
