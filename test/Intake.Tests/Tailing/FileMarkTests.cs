using WhoSaw.Intake.Tailing;
using Xunit;

namespace WhoSaw.Intake.Tests.Tailing;

public sealed class FileMarkTests
{
    [Fact]
    public void The_mark_is_that_of_the_first_whole_line_that_is_no_comment()
    {
        var mark = FileMark.Of("#Fields: a b\r\nfirst line\r\nsecond\n"u8);
        Assert.NotNull(mark);
        Assert.Equal(mark, FileMark.Of("first line\nanother\n"u8));
        Assert.NotEqual(mark, FileMark.Of("first lin\n"u8));
        Assert.Null(FileMark.Of("first line"u8));
        Assert.Null(FileMark.Of("#Fields: a b\n"u8));
        Assert.Equal(mark, FileMark.Of("first line"u8, isWhole: true));
    }

    [Theory]
    [InlineData("logs/web.log", null)]
    [InlineData("logs/me@example.com", null)]
    [InlineData("logs/web.log@0123456789ab", "0123456789ab")]
    [InlineData("logs/web.log@0123456789AB", null)]
    public void A_marked_name_is_taken_apart(string file, string? mark)
    {
        var (display, found) = FileMark.Parts(file);
        Assert.Equal(mark, found);
        Assert.Equal(mark is null ? file : "logs/web.log", display);
    }

    [Fact]
    public void The_file_of_a_record_is_found_wherever_rotation_left_it()
    {
        using var followed = new Followed(("web", "web.log"));
        followed.Append("web.log", Followed.Lines(0, 3));
        followed.Follow();
        var file = followed.Commit().Positions.Single().File;
        Assert.Equal(followed.At("web.log"), FileMark.Find(followed.At(""), file));
        followed.Compress("web.log", "web.log.1.gz");
        followed.Append("web.log", Followed.Lines(3, 3));
        Assert.Equal(followed.At("web.log.1.gz"), FileMark.Find(followed.At(""), file));
    }
}
