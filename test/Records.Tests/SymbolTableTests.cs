using System.Text;
using System.Threading.Channels;
using CsCheck;

namespace WhoSaw.Records.Tests;

public sealed class SymbolTableTests
{
    [Fact]
    public void The_first_text_is_number_one_and_the_empty_text_is_none()
    {
        var table = new SymbolTable();
        Assert.Equal(1, table.Count);
        Assert.True(table.Intern("").IsNone);
        Assert.Equal(1, table.Intern("198.51.100.7").Index);
        Assert.Equal(1, table.Intern("198.51.100.7").Index);
        Assert.Equal(2, table.Intern("198.51.100.8").Index);
        Assert.Equal(3, table.Count);
        Assert.Null(table.Text(Symbol.None));
        Assert.True(table.Bytes(Symbol.None).IsEmpty);
    }

    [Fact]
    public void Warming_changes_nothing_whether_the_texts_are_known_or_not() => Gen.String.List[0, 300].Sample(texts =>
    {
        var (warmed, plain) = (new SymbolTable(), new SymbolTable());
        foreach (var text in texts.Select(WellFormed).Select(Encoding.UTF8.GetBytes))
        {
            warmed.Warm([.. texts.Select(each => SymbolTable.HashOf(Encoding.UTF8.GetBytes(WellFormed(each))))]);
            Assert.Equal(plain.Intern(text), warmed.Intern(text, SymbolTable.HashOf(text)));
        }
        Assert.Equal(plain.Count, warmed.Count);
    }, iter: 20);

    [Fact]
    public void It_numbers_texts_as_a_dictionary_does() => Gen.String.List[0, 300].Sample(texts =>
    {
        var table = new SymbolTable();
        var model = new Dictionary<string, int>();
        foreach (var text in texts.Select(WellFormed))
        {
            if (text.Length > 0)
                model.TryAdd(text, model.Count + 1);
            Assert.Equal(model.GetValueOrDefault(text), table.Intern(text).Index);
        }
        Assert.Equal(model.Count + 1, table.Count);
        foreach (var (text, index) in model)
        {
            Assert.Equal(text, table.Text(new Symbol(index)));
            Assert.Equal(index, table.Find(Encoding.UTF8.GetBytes(text)).Index);
        }
    });

    [Fact]
    public void Any_bytes_are_kept_as_they_are() => Gen.Byte.Array[1, 40].Array[1, 100].Sample(texts =>
    {
        var table = new SymbolTable();
        foreach (var bytes in texts)
            Assert.Equal(bytes, table.Bytes(table.Intern(bytes)));
    });

    [Fact]
    public void Two_hundred_thousand_texts_keep_their_numbers_and_bytes()
    {
        const int count = 200_000;
        var table = new SymbolTable();
        for (var i = 0; i < count; i++)
            Assert.Equal(i + 1, table.Intern($"agent {i} {new string('x', i % 23)}").Index);
        for (var i = count - 1; i >= 0; i--)
        {
            var text = $"agent {i} {new string('x', i % 23)}";
            Assert.Equal(i + 1, table.Find(Encoding.UTF8.GetBytes(text)).Index);
            Assert.Equal(text, table.Text(new Symbol(i + 1)));
        }
        Assert.Equal(count + 1, table.Count);
        Assert.True(table.Find("agent 200000"u8).IsNone);
    }

    [Theory]
    [InlineData((1 << 18) - 1)]
    [InlineData(1 << 18)]
    [InlineData((1 << 18) + 1)]
    [InlineData(3 << 20)]
    public void A_long_text_is_kept_beside_short_ones(int length)
    {
        var table = new SymbolTable();
        var shorter = table.Intern("short");
        var longer = table.Intern(new string('y', length));
        var another = table.Intern("another");
        Assert.Equal("short", table.Text(shorter));
        Assert.Equal(length, table.Bytes(longer).Length);
        Assert.False(table.Bytes(longer).ContainsAnyExcept((byte)'y'));
        Assert.Equal("another", table.Text(another));
    }

    [Fact]
    public async Task Readers_see_every_symbol_that_was_handed_to_them()
    {
        const int count = 100_000;
        var table = new SymbolTable();
        var handed = Channel.CreateBounded<(Symbol Symbol, int Number)>(256);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var read = 0;
            await foreach (var (symbol, number) in handed.Reader.ReadAllAsync())
            {
                Assert.Equal($"value-{number}", table.Text(symbol));
                read++;
            }
            return read;
        })).ToArray();
        for (var number = 0; number < count; number++)
            await handed.Writer.WriteAsync((table.Intern($"value-{number}"), number));
        handed.Writer.Complete();
        Assert.Equal(count, (await Task.WhenAll(readers)).Sum());
    }

    [Fact]
    public void The_hash_depends_on_every_byte_and_on_the_length()
    {
        var hashes = new HashSet<uint>();
        for (var length = 0; length <= 32; length++)
            for (var place = -1; place < length; place++)
            {
                var text = new byte[length];
                text.AsSpan().Fill((byte)'a');
                if (place >= 0)
                    text[place] = (byte)'b';
                hashes.Add(SymbolTable.HashOf(text));
            }
        Assert.Equal(33 + 32 * 33 / 2, hashes.Count);
    }

    // a lone surrogate has no UTF-8 form; a log line cannot carry one
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
