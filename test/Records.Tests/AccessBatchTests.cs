namespace WhoSaw.Records.Tests;

public sealed class AccessBatchTests
{
    [Fact]
    public void A_row_comes_out_as_it_went_in()
    {
        var batch = new AccessBatch();
        batch.Add(Row(0), new Symbol(100));
        batch.Add(Row(7), new Symbol(107));
        Assert.Equal(2, batch.Count);
        AssertRow(batch, 0, 0);
        AssertRow(batch, 1, 7);
    }

    [Fact]
    public void A_batch_takes_as_many_rows_as_it_can_and_starts_anew()
    {
        var batch = new AccessBatch();
        for (var row = 0; row < AccessBatch.Capacity; row++)
        {
            Assert.False(batch.IsFull);
            batch.Add(Row(row), new Symbol(100 + row));
        }
        Assert.True(batch.IsFull);
        for (var row = 0; row < AccessBatch.Capacity; row++)
            AssertRow(batch, row, row);
        batch.Clear();
        Assert.Equal(0, batch.Count);
        batch.Add(Row(3), new Symbol(103));
        AssertRow(batch, 0, 3);
    }

    [Fact]
    public void A_row_too_many_is_the_callers_error()
    {
        var batch = new AccessBatch();
        for (var row = 0; row < AccessBatch.Capacity; row++)
            batch.Add(Row(row), Symbol.None);
        Assert.Throws<IndexOutOfRangeException>(() => batch.Add(Row(0), Symbol.None));
    }

    // memory is equal when it is the same memory
    private static readonly byte[] Requests = [.. Enumerable.Range(17, AccessBatch.Capacity).Select(n => (byte)n)];

    // every field has a number of its own, so that a mixed-up column is seen
    private static AccessRecord Row(int n) => new()
    {
        Time = new EventTime(n + 1),
        Offset = n + 2,
        File = n + 3,
        Stream = (short)(n + 4),
        Operation = (short)(n + 5),
        Kind = (RecordKind)(n % 5),
        Outcome = (Outcome)((n + 1) % 5),
        Status = (short)(n + 6),
        Credential = (ulong)n + 7,
        Account = new SubjectId(n + 8),
        Subject = new SubjectId(n + 9),
        Bytes = n + 10,
        Expires = new EventTime(n + 11),
        Client = new Symbol(n + 12),
        Agent = new Symbol(n + 13),
        Key = new Symbol(n + 14),
        Principal = new Symbol(n + 15),
        Method = new Symbol(n + 16),
        Request = Requests.AsMemory(n, 1),
        Traits = (Trait)(n + 18),
    };

    private static void AssertRow(AccessBatch batch, int row, int n)
    {
        var back = new AccessRecord
        {
            Time = batch.Time[row],
            Offset = batch.Offset[row],
            File = batch.File[row],
            Stream = batch.Stream[row],
            Operation = batch.Operation[row],
            Kind = batch.Kind[row],
            Outcome = batch.Outcome[row],
            Status = batch.Status[row],
            Credential = batch.Credential[row],
            Account = batch.Account[row],
            Subject = batch.Subject[row],
            Bytes = batch.Bytes[row],
            Expires = batch.Expires[row],
            Client = batch.Client[row],
            Agent = batch.Agent[row],
            Key = batch.Key[row],
            Principal = batch.Principal[row],
            Method = batch.Method[row],
            Request = batch.Request[row],
            Traits = batch.Traits[row],
        };
        Assert.Equal(Row(n), back);
        Assert.Equal(new Symbol(100 + n), batch.Network[row]);
    }
}
