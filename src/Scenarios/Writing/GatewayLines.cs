using WhoSaw.Scenarios.Traffic;
using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Writing;

/// <summary>Requests as lines of JSON. No field needs escaping: every text is ours.</summary>
internal sealed class GatewayLines(World world)
{
    public void Write(in Request request, ulong number, LineBuffer line)
    {
        line.Add("{\"ts\":\""u8);
        line.AddTime(world.Clock, world.Nodes.Shown(request.Node, request.At));
        line.Add("\",\"rid\":\""u8);
        line.AddHex(number, 10);
        line.Add("\",\"ip\":\""u8);
        line.AddAddress(request.Client);
        line.Add(request.Page == Page.Login ? "\",\"method\":\"POST\",\"uri\":\""u8
            : "\",\"method\":\"GET\",\"uri\":\""u8);
        AddTarget(request, line);
        line.Add("\",\"status\":"u8);
        line.Add(request.Status);
        line.Add(",\"bytes\":"u8);
        line.Add(request.Bytes);
        line.Add(",\"ua\":\""u8);
        line.Add(Agents.Texts[request.Agent]);
        line.Add("\""u8);
        if (request.Session != 0)
        {
            line.Add(",\"sid\":\""u8);
            line.AddHex(request.Session, 16);
            line.Add("\",\"kid\":\""u8);
            line.Add(world.Keys.Bytes[request.Key]);
            line.Add("\",\"uid\":"u8);
            line.Add(request.Account);
        }
        if (request.Principal >= 0)
        {
            line.Add(",\"who\":\""u8);
            line.Add(Principals.Texts[request.Principal]);
            line.Add("\""u8);
        }
        line.Add("}"u8);
        line.EndLine();
    }

    private static void AddTarget(in Request request, LineBuffer line)
    {
        line.Add(Start(request.Page));
        switch (request.Page)
        {
            case Page.Home or Page.Cart or Page.LoginPage or Page.Login or Page.Orders:
                return;
            default:
                line.Add(request.Target);
                break;
        }
        switch (request.Page)
        {
            case Page.Addresses:
                line.Add("/addresses"u8);
                AddDetail("?page="u8, request.Detail, line);
                break;
            case Page.AddressEdit:
                line.Add("/addresses/"u8);
                line.Add(request.Detail);
                line.Add("/edit"u8);
                break;
            case Page.Admin:
                AddDetail("?ticket=T"u8, request.Detail, line);
                break;
            case Page.Reviewer:
                line.Add("/card"u8);
                break;
        }
    }

    private static void AddDetail(ReadOnlySpan<byte> name, int detail, LineBuffer line)
    {
        if (detail == 0)
            return;
        line.Add(name);
        line.Add(detail);
    }

    private static ReadOnlySpan<byte> Start(Page page) => page switch
    {
        Page.Home => "/"u8,
        Page.Product => "/products/"u8,
        Page.Search => "/search?q="u8,
        Page.Cart => "/cart"u8,
        Page.LoginPage => "/login"u8,
        Page.Login => "/api/login"u8,
        Page.Orders => "/api/orders"u8,
        Page.Admin => "/admin/members/"u8,
        Page.Delivery => "/internal/deliveries/"u8,
        Page.Partner => "/internal/partner-orders/"u8,
        Page.Analytics => "/internal/segments/"u8,
        Page.Seller => "/seller/orders/"u8,
        Page.Courier => "/eats/couriers/"u8,
        _ => "/api/members/"u8,
    };
}
