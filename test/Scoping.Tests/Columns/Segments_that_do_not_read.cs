using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;
using Xunit;

namespace WhoSaw.Scoping.Tests.Columns;

public sealed class Segments_that_do_not_read
{
    // One segment of each form that World writes: its first page, and its footer.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_damaged_segment_ends_the_scope(int segment)
    {
        using var world = new World
        {
            Rows = [.. Enumerable.Range(0, 5000).Select(i => World.Record(i, i % 700))],
            RowsInSegment = 1000,
        };
        var contents = world.Write();
        var path = contents.PathOf(contents.Segments[segment].Name);
        var whole = File.ReadAllBytes(path);
        using var engine = ScopeEngine.Open(contents);
        Refuses([.. whole[..4], .. Enumerable.Repeat((byte)0xFF, 16), .. whole[20..]]);
        Refuses([.. whole[..^40], .. Enumerable.Repeat((byte)0xFF, 20), .. whole[^20..]]);
        foreach (var share in new[] { 0, 0.3, 0.6, 0.9, 0.999 })
            Refuses(whole[..(int)(whole.Length * share)]);

        void Refuses(byte[] bytes)
        {
            File.WriteAllBytes(path, bytes);
            var fault = Assert.Throws<ScopeResourceException>(
                () => engine.Compute(new ScopeRequest { Where = [World.Where("key = 'k1'")] }));
            Assert.Equal(
                $"part-{segment}.parquet of the ledger does not read: ask 'whosaw ledger verify' about it",
                fault.Message);
        }
    }

    [Fact]
    public void A_segment_with_other_records_than_the_log_says_ends_the_scope()
    {
        using var world = new World { Rows = [.. Enumerable.Range(0, 50).Select(i => World.Record(i, i))] };
        var contents = world.Write();
        var segment = contents.Segments.Single();
        contents = contents with { Segments = [segment with { Rows = segment.Rows + 1 }] };
        using var engine = ScopeEngine.Open(contents);
        Assert.Throws<ScopeResourceException>(
            () => engine.Compute(new ScopeRequest { Where = [World.Where("key = 'k1'")] }));
    }
}
