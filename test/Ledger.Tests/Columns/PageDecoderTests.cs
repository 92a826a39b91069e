using Xunit;

namespace WhoSaw.Ledger.Tests;

/// <summary>Pages that no writer of ours makes.</summary>
public sealed class PageDecoderTests
{
    [Fact]
    public void Runs_and_packed_bits_may_follow_one_another()
    {
        // 5 times 3; eight packed numbers of 2 bits; 4 of a run of 100
        byte[] bytes = [10, 3, 3, 0b11_10_01_00, 0b00_01_10_11, 200, 1, 2];
        int[] expected = [3, 3, 3, 3, 3, 0, 1, 2, 3, 3, 2, 1, 0, 2, 2, 2, 2];
        var (narrow, wide) = (new byte[expected.Length], new int[expected.Length]);
        BitRuns.Read(bytes, 2, narrow);
        BitRuns.Read(bytes, 2, wide);
        Assert.Equal(expected, narrow.Select(each => (int)each));
        Assert.Equal(expected, wide);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 4, 1 })]
    [InlineData(new byte[] { 3, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 20, 4 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void Runs_that_end_too_early_or_hold_too_large_a_number_are_refused(byte[] bytes)
    {
        Assert.Throws<InvalidDataException>(() => BitRuns.Read(bytes, 2, new byte[10]));
        Assert.Throws<InvalidDataException>(() => BitRuns.Read(bytes, 2, new int[10]));
    }

    // block of 128 in 4 runs, 2 values, the first 7 (zigzag 14), smallest difference 1 (zigzag 2), bits of the runs
    [Theory]
    [InlineData(new byte[] { 128, 1, 4, 2, 14, 2, 65, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(new byte[] { 128, 1, 4, 2, 14, 2, 64, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 128, 1, 4, 2, 14, 2, 64, 0, 0 })]
    [InlineData(new byte[] { 128, 1, 4, 3, 14, 2, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 128, 1, 0, 2, 14, 2, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 4, 2, 14, 2, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 128, 1, 4 })]
    public void Differences_that_do_not_add_up_are_refused(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => DeltaNumbers.Read(bytes, new long[2], isNarrow: false));

    [Fact]
    public void Differences_wrap_where_their_numbers_do()
    {
        byte[] bytes = [128, 1, 4, 2, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 2, 0, 0, 0, 0];
        var values = new long[2];
        Assert.Equal(bytes.Length, DeltaNumbers.Read(bytes, values, isNarrow: true));
        Assert.Equal([int.MaxValue, int.MinValue], values);
        DeltaNumbers.Read(bytes, values, isNarrow: false);
        Assert.Equal([int.MaxValue, int.MaxValue + 1L], values);
    }

    [Fact]
    public void Deep_or_long_descriptions_are_refused()
    {
        // a field that is a structure, whose field is a structure, …
        byte[] deep = [.. Enumerable.Repeat((byte)0x1C, 10_000)];
        Assert.Throws<InvalidDataException>(() => ColumnFooter.Read(deep));
        // the schema is a list of 2^31 structures
        byte[] wide = [0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        Assert.Throws<InvalidDataException>(() => ColumnFooter.Read(wide));
    }
}
