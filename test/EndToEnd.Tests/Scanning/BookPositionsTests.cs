using CsCheck;
using WhoSaw.Cli.Scanning;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

public sealed class BookPositionsTests
{
    [Fact]
    public void The_rows_of_an_account_are_counted_in_any_order() =>
        Gen.Long[-300, 300].Array[0, 2000].Sample(ids =>
        {
            var positions = new BookPositions();
            var counted = new Dictionary<long, int>();
            foreach (var id in ids)
            {
                var before = counted.GetValueOrDefault(id);
                counted[id] = before + 1;
                if (positions.Next(new SubjectId(id)) != before)
                    return false;
            }
            return true;
        });

    [Fact]
    public void A_book_may_be_longer_than_a_byte_counts()
    {
        var positions = new BookPositions();
        Assert.Equal(
            Enumerable.Range(0, 1000), Enumerable.Range(0, 1000).Select(_ => positions.Next(new SubjectId(7))));
    }
}
