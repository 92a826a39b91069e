using System.Net;
using System.Text;

namespace WhoSaw.Intake.Tests.Places;

/// <summary>
/// Writes a small MMDB file of IPv4 networks, by the published format (MaxMind DB file format 2.0): a tree of 24-bit
/// records, a separator, the data, a marker, the metadata.
/// </summary>
internal static class SmallTable
{
    private const int Empty = -1;

    public static byte[] Of(string type, params (string Network, Dictionary<string, object> Data)[] entries)
    {
        var nodes = new List<int[]> { new[] { Empty, Empty } };
        var data = new MemoryStream();
        foreach (var (network, value) in entries)
        {
            var parts = network.Split('/');
            var bits = IPAddress.Parse(parts[0]).GetAddressBytes();
            var length = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            var (node, offset) = (0, (int)data.Position);
            Write(data, value);
            for (var bit = 0; bit < length; bit++)
            {
                var side = bits[bit / 8] >> (7 - bit % 8) & 1;
                if (bit == length - 1)
                    nodes[node][side] = -2 - offset;
                else if (nodes[node][side] == Empty)
                {
                    nodes.Add([Empty, Empty]);
                    nodes[node][side] = nodes.Count - 1;
                }
                node = bit == length - 1 ? node : nodes[node][side];
            }
        }
        var file = new MemoryStream();
        foreach (var record in nodes.SelectMany(node => node))
        {
            var value = record == Empty ? nodes.Count : record >= 0 ? record : nodes.Count + 16 + (-2 - record);
            file.Write([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        }
        file.Write(new byte[16]);
        data.WriteTo(file);
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Write(file, new Dictionary<string, object>
        {
            ["node_count"] = (uint)nodes.Count,
            ["record_size"] = (ushort)24,
            ["ip_version"] = (ushort)4,
            ["database_type"] = type,
            ["languages"] = Array.Empty<object>(),
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1_744_588_800UL,
            ["description"] = new Dictionary<string, object> { ["en"] = "a test" },
        });
        return file.ToArray();
    }

    private static void Write(Stream to, object value)
    {
        switch (value)
        {
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Control(to, 2, bytes.Length);
                to.Write(bytes);
                break;
            case ushort number:
                Number(to, 5, number);
                break;
            case uint number:
                Number(to, 6, number);
                break;
            case ulong number:
                Number(to, 9, number);
                break;
            case Dictionary<string, object> map:
                Control(to, 7, map.Count);
                foreach (var (key, item) in map)
                {
                    Write(to, key);
                    Write(to, item);
                }
                break;
            case object[] list:
                Control(to, 11, list.Length);
                foreach (var item in list)
                    Write(to, item);
                break;
        }
    }

    private static void Number(Stream to, int type, ulong number)
    {
        var bytes = new List<byte>();
        for (; number > 0; number >>= 8)
            bytes.Insert(0, (byte)number);
        Control(to, type, bytes.Count);
        to.Write([.. bytes]);
    }

    // types beyond seven have a byte of their own; sizes here stay below 29
    private static void Control(Stream to, int type, int size)
    {
        to.WriteByte((byte)((type > 7 ? 0 : type << 5) | size));
        if (type > 7)
            to.WriteByte((byte)(type - 7));
    }
}
