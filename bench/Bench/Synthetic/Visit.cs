using System.Globalization;
using System.Text;

namespace WhoSaw.Bench.Synthetic;

/// <summary>A client that asks for several pages one after another, among thousands of others.</summary>
public sealed class Visit
{
    private const int Accounts = 10_000_000;
    private const int AddressPool = 1 << 20;
    private readonly byte[] _client = new byte[15];
    private int _clientLength;

    public ReadOnlySpan<byte> Client => _client.AsSpan(0, _clientLength);
    public byte[] Agent { get; private set; } = [];
    public int Account { get; private set; }
    public int LinesLeft { get; private set; }

    /// <summary>The page that the next line names as its referrer; 0 is none.</summary>
    public int LastPage { get; set; }

    /// <summary>Another visitor takes the place.</summary>
    public void Begin(Dice dice, Ranks agents)
    {
        Account = 10_000_000 + dice.Below(Accounts);
        // seven of ten come from home, which stays; the others from anywhere
        var place = dice.Below(10) < 7 ? Dice.Mix((ulong)Account) : dice.Next();
        _clientLength = Encoding.ASCII.GetBytes(AddressOf((int)(place % AddressPool)), _client);
        Agent = Agents.All[agents.Draw(dice)];
        LinesLeft = dice.Between(2, 30);
        LastPage = 0;
    }

    public void Spend() => LinesLeft--;

    /// <summary>
    /// Synthetic: the test network 198.18.0.0/15, carrier space 100.64.0.0/10 and private 10.0.0.0/8.
    /// </summary>
    private static string AddressOf(int number)
    {
        var value = number switch
        {
            < 1 << 17 => (198u << 24) + (18u << 16) + (uint)number,
            < 1 << 19 => (100u << 24) + (64u << 16) + (uint)number,
            _ => (10u << 24) + (uint)number,
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}");
    }
}
