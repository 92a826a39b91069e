using System.Diagnostics;
using System.Globalization;
using CsCheck;
using WhoSaw.Intake.Formats;
using Xunit;

namespace WhoSaw.Intake.Tests.Formats;

/// <summary>Whatever the bytes, a format neither throws nor hangs, and what it sets lies inside the line.</summary>
public sealed class FuzzTests
{
    private const int RoundsByDefault = 40_000;
    private static readonly string Golden = Path.Combine(
        RepositoryFolder.Path, "test", "Intake.Tests", "Formats", "Golden");

    public static TheoryData<string> Formats() =>
    [
        .. FormatCatalog.Names,
        "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" "
            + "\"$http_user_agent\"",
        "%h %l %u %{%d/%b/%Y:%H:%M:%S %z}t \\\"%r\\\" %>s %O \\\"%{Referer}i\\\" \\\"%{User-Agent}i\\\" %D",
    ];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Mutated_lines_never_throw(string name)
    {
        var seconds = int.TryParse(
            Environment.GetEnvironmentVariable("WHOSAW_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var asked)
                ? asked : 0;
        var random = new Random(name.Length * 7919);
        var lines = Lines();
        var format = Read.Format(name);
        var clock = Stopwatch.StartNew();
        for (var round = 0;
            seconds > 0 ? clock.Elapsed.TotalSeconds < seconds / 20.0 : round < RoundsByDefault; round++)
        {
            var line = Mutate(lines[random.Next(lines.Count)], lines, random);
            if (random.Next(50) == 0)
                format.BeginBlock(line);
            Check(format, line);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Any_bytes_never_throw(string name)
    {
        var format = Read.Format(name);
        Gen.Byte.Array[0, 400].Sample(line => Check(format, line), iter: 500, threads: 1, seed: "0001vXhGq3L0");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Long_lines_of_one_letter_take_linear_time(string name)
    {
        var format = Read.Format(name);
        var clock = Stopwatch.StartNew();
        foreach (var pattern in (string[])["\"", "[", "]", " ", "\\", "{", "{\"a\":", "[[", "\" ", "[\" ",
            "\"\"", ",", "- ", "\t", "/", "1", "a,"])
        {
            var line = new byte[200_000];
            for (var at = 0; at < line.Length; at++)
                line[at] = (byte)pattern[at % pattern.Length];
            Check(format, line);
            "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \""u8.CopyTo(line);
            Check(format, line);
            "2024-05-01 10:00:00 UTC LOG:  AUDIT: "u8.CopyTo(line);
            Check(format, line);
        }
        Assert.True(clock.Elapsed.TotalSeconds < 20, $"took {clock.Elapsed.TotalSeconds:F1} s");
    }

    private static void Check(LineFormat format, byte[] line)
    {
        var read = Read.One(format, line);
        foreach (var field in Enum.GetValues<LineField>())
            Assert.True(read.Fields.Get(field, line).Length <= 3 * line.Length + 64);
        Assert.True(read.Reason != RejectReason.None || read.Fields.HasTime);
    }

    private static List<byte[]> Lines()
    {
        var lines = new List<byte[]>();
        foreach (var file in Directory.GetFiles(Golden, "input.log", SearchOption.AllDirectories))
        {
            var split = new RecordLines(Framing.Lines, new MemoryStream(File.ReadAllBytes(file)));
            while (split.TryNext(out var line))
                lines.Add(line.ToArray());
        }
        return lines;
    }

    private static byte[] Mutate(byte[] line, List<byte[]> lines, Random random)
    {
        var result = line.ToList();
        for (var change = random.Next(1, 5); change > 0 && result.Count > 0; change--)
        {
            var at = random.Next(result.Count);
            switch (random.Next(6))
            {
                case 0:
                    result[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    result.Insert(at, (byte)"\"\\[]{} -,:\t%+?/0\0"[random.Next(17)]);
                    break;
                case 2:
                    result.RemoveRange(at, Math.Min(random.Next(1, 8), result.Count - at));
                    break;
                case 3:
                    result.RemoveRange(at, result.Count - at);
                    break;
                case 4:
                    var other = lines[random.Next(lines.Count)];
                    result.RemoveRange(at, result.Count - at);
                    result.AddRange(other.AsSpan(random.Next(other.Length)));
                    break;
                default:
                    result.InsertRange(at, result.GetRange(at, Math.Min(random.Next(1, 40), result.Count - at)));
                    break;
            }
        }
        return [.. result];
    }
}
