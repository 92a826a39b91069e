using System.Text;
using CsCheck;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class RejectTests
{
    [Fact]
    public void Rejected_lines_come_back_byte_for_byte()
    {
        byte[][] lines =
        [
            [], "plain"u8.ToArray(), "한글 \"quoted\" \\ \t \u2028 <b>"u8.ToArray(), [0xFF, 0x00, 0xFE], [0],
            Encoding.UTF8.GetBytes(new string('x', 300_000)),
        ];
        RoundTrip(lines);
    }

    [Fact]
    public void Any_bytes_come_back() => Gen.Byte.Array[0, 200].Array[1, 20].Sample(RoundTrip, iter: 10);

    private static void RoundTrip(byte[][] lines)
    {
        using var folder = new TemporaryFolder();
        using (var writer = LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options))
        {
            for (var line = 0; line < lines.Length; line++)
                writer.Reject(line % 2, line, "malformed", lines[line]);
            writer.Commit([], []);
        }
        var read = Rejects.Read(folder.Path).ToList();
        Assert.Equal(lines, read.Select(line => line.Line.ToArray()));
        Assert.Equal(Enumerable.Range(0, lines.Length).Select(line => (long)line), read.Select(line => line.Offset));
        Assert.Equal(("gateway", "gw1", "logs/gw1-20250414.log", "malformed"),
            (read[0].Source, read[0].Stream, read[0].File, read[0].Reason));
    }
}
