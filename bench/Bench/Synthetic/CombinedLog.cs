namespace WhoSaw.Bench.Synthetic;

/// <summary>
/// A synthetic access log in the combined format: about 237 bytes a line, 15 % of the lines show a member's data. A
/// longer log of the same seed begins with the shorter one.
/// </summary>
public sealed class CombinedLog(ulong seed, IReadOnlyList<MemberRoute> routes)
{
    private const int VisitsAtOnce = 4096;
    private const double PersonalShare = 0.15;
    private readonly Dice _dice = new(seed);
    private readonly Ranks _agents = new(Agents.All.Length);
    private readonly Ranks _routeRanks = new(routes.Count, 0.7);
    private readonly Rhythm _rhythm = new();
    private readonly Visit[] _visits = new Visit[VisitsAtOnce];

    private static readonly string[] StatusTexts =
        ["200", "304", "302", "301", "404", "403", "401", "500", "502", "206", "429", "400"];
    private static readonly byte[][] Statuses = [.. StatusTexts.Select(System.Text.Encoding.ASCII.GetBytes)];

    public void Write(Stream stream, long lines)
    {
        var buffer = new LineBuffer(stream);
        for (var i = 0; i < VisitsAtOnce; i++)
        {
            _visits[i] = new Visit();
            _visits[i].Begin(_dice, _agents);
        }
        for (long line = 0; line < lines; line++)
            WriteLine(buffer);
        buffer.Flush();
    }

    private void WriteLine(LineBuffer buffer)
    {
        _rhythm.Step(_dice);
        var visit = _visits[_dice.Below(VisitsAtOnce)];
        if (visit.LinesLeft == 0)
            visit.Begin(_dice, _agents);
        visit.Spend();
        var personal = _dice.Chance(PersonalShare);
        var page = _dice.Between(100_000, 999_999);
        buffer.Add(visit.Client);
        buffer.Add(" - - ["u8);
        buffer.Add(_rhythm.Stamp);
        if (personal)
            AddMemberPage(buffer, visit);
        else
            AddOtherPage(buffer, page);
        buffer.Add(" HTTP/1.1\" "u8);
        AddStatusAndBytes(buffer, personal);
        AddReferrer(buffer, visit);
        buffer.Add(visit.Agent);
        buffer.Add((byte)'"');
        buffer.EndLine();
        visit.LastPage = page;
    }

    private void AddMemberPage(LineBuffer buffer, Visit visit)
    {
        var route = routes[_routeRanks.Draw(_dice)];
        buffer.Add("] \"GET "u8);
        buffer.Add(route.BeforeUtf8);
        buffer.Add(visit.Account);
        buffer.Add(route.AfterUtf8);
    }

    private void AddOtherPage(LineBuffer buffer, int page)
    {
        switch (_dice.Below(10))
        {
            case 0:
                buffer.Add("] \"GET /"u8);
                return;
            case 1:
                buffer.Add("] \"GET /search?sort=popular&q="u8);
                break;
            case 2:
                buffer.Add("] \"POST /api/cart/items?product="u8);
                break;
            case 3:
                buffer.Add("] \"GET /static/js/chunk-vendors."u8);
                buffer.Add(page);
                buffer.Add(".js"u8);
                return;
            case 4:
                buffer.Add("] \"GET /api/recommendations?limit=24&product="u8);
                break;
            case 5:
                buffer.Add("] \"GET /images/thumb/320x320/"u8);
                buffer.Add(page);
                buffer.Add(".webp"u8);
                return;
            default:
                buffer.Add("] \"GET /products/"u8);
                break;
        }
        buffer.Add(page);
    }

    private void AddStatusAndBytes(LineBuffer buffer, bool personal)
    {
        var draw = _dice.Below(1000);
        var status = draw switch
        {
            < 940 => 0,
            < 965 => personal ? 0 : 1,
            < 975 => personal ? 0 : 2,
            < 985 => personal ? 5 : 4,
            _ => 2 + draw % 10,
        };
        buffer.Add(Statuses[status]);
        buffer.Add((byte)' ');
        buffer.Add(status is 1 or 2 or 3 ? 0 : _dice.Between(180, 48_000));
    }

    private static void AddReferrer(LineBuffer buffer, Visit visit)
    {
        buffer.Add(" \""u8);
        if (visit.LastPage == 0)
            buffer.Add((byte)'-');
        else
        {
            buffer.Add("https://shop.example.com/p/"u8);
            buffer.Add(visit.LastPage);
        }
        buffer.Add("\" \""u8);
    }
}
