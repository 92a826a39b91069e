using System.Text.Json;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class JournalJsonTests
{
    [Fact]
    public void A_log_in_which_no_line_had_a_time_reads_back()
    {
        var read = new SourceRead(1, "web", "web", "web.log", 0, "", 0, 0, 0, 0, null, null, false);
        var bytes = JournalJson.Write(read);
        Assert.Equal(read, JsonSerializer.Deserialize(bytes, JournalJson.Plain.JournalEntry));
        Assert.Equal(bytes, JournalJson.Write(JournalJson.Read(bytes)!));
    }
}
