namespace WhoSaw.Scenarios.Traffic;

/// <summary>What a request asks for.</summary>
internal enum Page : byte
{
    Home,
    Product,
    Search,
    Cart,
    LoginPage,
    Login,
    Orders,
    Profile,
    Addresses,
    AddressEdit,
    Admin,
    Delivery,
    Partner,
    Analytics,
    Seller,
    Courier,
    Reviewer,
}

/// <summary>One request as the gateway sees it.</summary>
internal struct Request
{
    /// <summary>True time; the node's clock may show another.</summary>
    public long At;
    public ulong Session;

    /// <summary>Whose session it is, as an id; 0 without one.</summary>
    public long Account;

    /// <summary>The id that the path names, or the number of a product, of a search.</summary>
    public long Target;
    public uint Client;

    /// <summary>Number of a page, an address or a ticket; 0: none.</summary>
    public int Detail;
    public int Bytes;

    /// <summary>Seconds after which the line reaches its log.</summary>
    public short LateBy;
    public short Agent;

    /// <summary>Index of a principal; −1 without one.</summary>
    public short Principal;
    public short Status;
    public Page Page;
    public byte Key;
    public byte Node;
}

internal static class Pages
{
    private static readonly string?[] Names =
    [
        null, null, null, null, null, null, "orders", "profile", "addresses", "address-edit", "admin", "deliveries",
        "partner-orders", "segments", "seller-orders", "couriers", "reviewer",
    ];

    /// <summary>The operation's name in the configuration; null for a page that shows nobody's data.</summary>
    public static string? Operation(this Page page) => Names[(int)page];

    /// <summary>Whether the page shows the people of the address book too.</summary>
    public static bool ShowsOthers(this Page page) => page is Page.Addresses or Page.Delivery;
}
