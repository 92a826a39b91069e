using System.Security.Cryptography;
using System.Text;
using WhoSaw.Intake.Tailing;
using Xunit;

namespace WhoSaw.Intake.Tests.Tailing;

public sealed class LogTailTests
{
    [Fact]
    public void A_line_that_is_not_whole_waits_for_its_end()
    {
        using var followed = new Followed(("web", "web.log"));
        var line = Followed.Line(1);
        followed.Append("web.log", Followed.Line(0) + line[..40]);
        followed.Follow();
        Assert.Equal([0], followed.Subjects);
        followed.Append("web.log", line[40..]);
        followed.Follow();
        Assert.Equal([0, 1], followed.Subjects);
        Assert.Equal(0, followed.Rejects);
    }

    [Fact]
    public void A_file_that_comes_later_is_followed_when_its_name_fits()
    {
        using var followed = new Followed(("web", "{stream}.log"));
        followed.Append("gw1.log", Followed.Line(0));
        followed.Follow();
        followed.Append("gw2.log", Followed.Line(1));
        followed.Append("other.txt", Followed.Line(2));
        followed.Follow();
        Assert.Equal([0, 1], followed.Subjects);
    }

    [Theory]
    [InlineData("web.log")]
    [InlineData("web.log*")]
    public void A_rename_loses_nothing_and_repeats_nothing(string pattern)
    {
        using var followed = new Followed(("web", pattern));
        followed.Append("web.log", Followed.Lines(0, 10));
        followed.Follow();
        // Written after the last look, before the rename and after it, as writers do until they are told.
        followed.Append("web.log", Followed.Lines(10, 10));
        followed.Rename("web.log", "web.log.1");
        followed.Append("web.log.1", Followed.Lines(20, 5));
        followed.Append("web.log", Followed.Lines(25, 5));
        followed.Follow(8);
        Assert.Equal(Numbers(30), followed.Subjects);
        followed.Compress("web.log.1", "web.log.1.gz");
        followed.Append("web.log", Followed.Lines(30, 5));
        followed.Follow(30);
        Assert.Equal(Numbers(35), followed.Subjects);
    }

    [Theory]
    [InlineData("web.log")]
    [InlineData("web.log*")]
    public void A_copy_and_truncation_loses_nothing_and_repeats_nothing(string pattern)
    {
        using var followed = new Followed(("web", pattern));
        followed.Append("web.log", Followed.Lines(0, 10));
        followed.Follow();
        followed.Append("web.log", Followed.Lines(10, 10));
        File.Copy(followed.At("web.log"), followed.At("web.log.1"));
        using (var file = File.OpenWrite(followed.At("web.log")))
            file.SetLength(0);
        followed.Follow(0.3);
        followed.Append("web.log", Followed.Lines(20, 10));
        followed.Follow(30);
        Assert.Equal(Numbers(30), followed.Subjects.Order());
    }

    [Fact]
    public void Nodes_that_log_the_same_lines_are_each_read_to_the_end()
    {
        using var followed = new Followed(("web", "{stream}.log*"));
        followed.Append("gw1.log", Followed.Lines(0, 5));
        followed.Follow();
        followed.Append("gw2.log", Followed.Lines(0, 10));
        followed.Follow(2);
        followed.Append("gw1.log", Followed.Lines(5, 1));
        followed.Follow(2);
        Assert.Equal(Numbers(6).Concat(Numbers(10)).Order(), followed.Subjects.Order());

        // a copy of one that was emptied is that one's still, though it looks like the other's
        followed.Append("gw1.log", Followed.Lines(6, 1));
        File.Copy(followed.At("gw1.log"), followed.At("gw1.log.1"));
        using (var file = File.OpenWrite(followed.At("gw1.log")))
            file.SetLength(0);
        followed.Follow(30);
        Assert.Equal(Numbers(7).Concat(Numbers(10)).Order(), followed.Subjects.Order());
    }

    [Fact]
    public void A_log_that_is_replaced_by_longer_copies_of_it_is_read_on()
    {
        using var followed = new Followed(("web", "web.log"));
        followed.Append("web.log", Followed.Lines(0, 10));
        followed.Follow();
        for (var copies = 2; copies <= 5; copies++)
        {
            followed.Append("copy", Followed.Lines(0, copies * 10));
            File.Move(followed.At("copy"), followed.At("web.log"), overwrite: true);
            followed.Follow(6);
            Assert.Equal(Numbers(copies * 10), followed.Subjects);
        }
        followed.Append("web.log", Followed.Lines(50, 10));
        followed.Follow();
        Assert.Equal(Numbers(60), followed.Subjects);
    }

    [Fact]
    public void A_writer_that_goes_on_late_in_a_renamed_file_is_read_on()
    {
        using var followed = new Followed(("web", "web.log*"));
        followed.Append("web.log", Followed.Lines(0, 10));
        followed.Follow();
        followed.Rename("web.log", "web.log.1");
        followed.Append("web.log", Followed.Lines(10, 1));
        followed.Follow(30);
        followed.Commit();
        followed.Follow(1);
        followed.Append("web.log.1", Followed.Lines(11, 5));
        followed.Follow(5);
        Assert.Equal(Numbers(16), followed.Subjects);
    }

    [Fact]
    public void A_compressed_file_that_gets_a_further_member_is_read_on()
    {
        using var followed = new Followed(("web", "*.gz"));
        for (var member = 0; member < 3; member++)
        {
            followed.Append("member", Followed.Lines(member * 10, 10));
            followed.Compress("member", "member.zip");
            using (var file = File.Open(followed.At("web.gz"), FileMode.Append))
                file.Write(File.ReadAllBytes(followed.At("member.zip")));
            followed.Follow(20);
            Assert.Equal(Numbers(member * 10 + 10), followed.Subjects);
            followed.Commit();
        }
        Assert.Equal(0, followed.Rejects);
    }

    [Fact]
    public void A_commit_amid_a_compressed_file_says_how_much_of_what_is_inside_was_taken()
    {
        const int All = 20_000;
        using var followed = new Followed(("web", "web.log*"));
        var text = Encoding.UTF8.GetBytes(Followed.Lines(0, All));
        followed.Append("web.log", Encoding.UTF8.GetString(text));
        followed.Compress("web.log", "web.log.1.gz");
        while (followed.Subjects.Count == 0)
        {
            followed.Clock.Pass(0.1);
            followed.StepOnce();
        }
        var (positions, readings) = followed.Commit();
        var part = Assert.Single(readings);
        Assert.True(part.IsDecompressed);
        Assert.InRange(part.Tally.Lines, 1, All - 1);
        Assert.Equal(followed.Subjects.Count, part.Tally.Lines);
        Assert.Equal(Digest(text.AsSpan(0, (int)part.Size)), part.Sha256);

        followed.Restart(positions);
        followed.Follow(5);
        var rest = Assert.Single(followed.Commit().Readings);
        Assert.False(rest.IsDecompressed);
        Assert.Equal(All, part.Tally.Lines + rest.Tally.Lines);
        Assert.Equal(Digest(File.ReadAllBytes(followed.At("web.log.1.gz"))), rest.Sha256);
        Assert.Equal(Numbers(All), followed.Subjects);
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [Fact]
    public void A_file_that_was_emptied_and_grew_past_its_old_size_between_two_looks_is_noticed()
    {
        using var followed = new Followed(("web", "web.log"));
        followed.Append("web.log", Followed.Lines(0, 10));
        followed.Follow();
        File.WriteAllText(followed.At("web.log"), Followed.Lines(10, 20));
        followed.Follow(5);
        Assert.Equal(Numbers(30), followed.Subjects);
    }

    [Fact]
    public void A_size_that_goes_back_and_forth_reads_nothing_twice()
    {
        using var followed = new Followed(("web", "web.log"));
        followed.Append("web.log", Followed.Lines(0, 20));
        followed.Follow();
        followed.Notices.Clear();
        var whole = File.ReadAllBytes(followed.At("web.log"));
        for (var times = 0; times < 3; times++)
        {
            using (var file = File.OpenWrite(followed.At("web.log")))
                file.SetLength(whole.Length / 2 + times);
            followed.Follow(2);
            File.WriteAllBytes(followed.At("web.log"), whole);
            followed.Follow(2);
        }
        followed.Append("web.log", Followed.Lines(20, 5));
        followed.Follow(2);
        Assert.Equal(Numbers(25), followed.Subjects);
        Assert.Empty(followed.Notices);
    }

    [Fact]
    public void A_compressed_file_is_read_to_its_end_and_never_again()
    {
        using var followed = new Followed(("web", "web.log*"));
        followed.Append("web.log", Followed.Lines(0, 10));
        followed.Follow();
        // All that happened since stands in the compressed file alone.
        followed.Append("web.log", Followed.Lines(10, 10));
        followed.Compress("web.log", "web.log.1.gz");
        followed.Append("web.log", Followed.Lines(20, 10));
        followed.Follow(40);
        followed.Rename("web.log.1.gz", "web.log.2.gz");
        followed.Follow(20);
        Assert.Equal(Numbers(30), followed.Subjects.Order());
    }

    [Fact]
    public void The_last_line_of_a_rotated_file_counts_without_its_end()
    {
        using var followed = new Followed(("web", "web.log"));
        followed.Append("web.log", Followed.Line(0) + Followed.Line(1).TrimEnd('\n'));
        followed.Follow(20);
        Assert.Equal([0], followed.Subjects);
        followed.Rename("web.log", "web.log.1");
        followed.Append("web.log", Followed.Line(2));
        followed.Follow(20);
        Assert.Equal(Numbers(3), followed.Subjects.Order());
    }

    [Fact]
    public void Streams_come_in_the_order_of_time_and_an_idle_one_holds_them_up_for_a_moment_only()
    {
        using var followed = new Followed(("web", "{stream}.log"));
        followed.Append("gw1.log", Followed.Line(0, 0) + Followed.Line(2, 20));
        followed.Append("gw2.log", Followed.Line(1, 10));
        followed.Follow(0.1);
        Assert.Equal([0, 1], followed.Subjects);
        followed.Append("gw2.log", Followed.Line(3, 15));
        followed.Follow(0.1);
        Assert.Equal([0, 1, 3], followed.Subjects);
        followed.Follow(0.4);
        Assert.Equal([0, 1, 3, 2], followed.Subjects);
    }

    [Fact]
    public void A_position_between_two_lines_of_a_block_is_exact()
    {
        using var followed = new Followed(("web", "{stream}.log"));
        followed.Append("gw1.log", string.Concat(Enumerable.Range(0, 100).Select(n => Followed.Line(n, n))));
        followed.Append("gw2.log", Followed.Line(1000, 49.5));
        followed.Follow(0.1);
        var sent = followed.Subjects.Count;
        Assert.InRange(sent, 40, 60);
        var (positions, readings) = followed.Commit();
        Assert.Equal(sent, readings.Sum(reading => reading.Tally.Lines));
        Assert.Equal(sent, followed.Tail.Totals.TakeBefore(long.MaxValue).Sum(total => total.Lines));
        followed.Restart(positions);
        followed.Follow();
        Assert.Equal(101, followed.Subjects.Count);
        Assert.Equal(101, followed.Subjects.Distinct().Count());
    }

    [Fact]
    public void After_a_restart_lines_that_detection_has_not_kept_come_again_and_first()
    {
        using var followed = new Followed(("web", "web.log*"));
        followed.Append("web.log", Followed.Lines(0, 10));
        followed.Follow();
        var saved = followed.Commit().Positions;
        followed.Append("web.log", Followed.Lines(10, 10));
        followed.Follow();
        var committed = followed.Commit().Positions;
        followed.Append("web.log", Followed.Lines(20, 10));
        followed.Compress("web.log", "web.log.1.gz");
        followed.Append("web.log", Followed.Lines(30, 10));
        followed.Restart(committed, saved.ToDictionary(position => position.File, position => position.Offset));
        followed.Follow(30);
        Assert.Equal(Enumerable.Range(10, 10).Select(n => (long)n), followed.Again);
        Assert.Equal(Numbers(40), followed.Subjects);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_every_line_comes_once(int seed)
    {
        var random = new Random(seed);
        using var followed = new Followed(("web", "{stream}.log*"));
        var (written, rotated, counted) = (0, 0, 0);
        IReadOnlyList<TailPosition> positions = [];
        for (var act = 0; act < 80; act++)
        {
            var name = random.Next(2) == 0 ? "gw1.log" : "gw2.log";
            switch (random.Next(8))
            {
                case 0 when File.Exists(followed.At(name)):
                    followed.Rename(name, $"{name}.{++rotated}");
                    break;
                case 1 when File.Exists(followed.At(name)) && new FileInfo(followed.At(name)).Length > 0:
                    // Nobody writes between copy and truncation: that is what this kind of rotation loses by itself.
                    File.Copy(followed.At(name), followed.At($"{name}.{++rotated}"));
                    File.WriteAllText(followed.At(name), "");
                    followed.Follow(0.2);
                    break;
                case 2:
                    var old = Directory.GetFiles(followed.At(".")).Where(path => !path.EndsWith(
                        ".gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();
                    if (old is not null && new FileInfo(old).Length > 0)
                        followed.Compress(
                            Path.GetFileName(old), $"{Path.GetFileName(old)[..3]}.log.{++rotated}.gz");
                    break;
                case 3:
                    positions = followed.Commit().Positions;
                    counted = followed.Subjects.Count;
                    break;
                case 4:
                    // A crash: what was not committed was never seen.
                    followed.Subjects.RemoveRange(counted, followed.Subjects.Count - counted);
                    followed.Restart(positions);
                    break;
                default:
                    var lines = random.Next(1, 30);
                    followed.Append(name, Followed.Lines(written, lines));
                    written += lines;
                    break;
            }
            if (random.Next(3) > 0)
                followed.Follow(random.NextDouble() * 3);
        }
        followed.Follow(60);
        Assert.Equal(Numbers(written), followed.Subjects.Order());
    }

    private static IEnumerable<long> Numbers(int count) => Enumerable.Range(0, count).Select(number => (long)number);
}
