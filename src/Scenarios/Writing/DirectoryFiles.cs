using WhoSaw.Scenarios.Worlds;

namespace WhoSaw.Scenarios.Writing;

/// <summary>The members, by id, and the people that each knows.</summary>
internal sealed class DirectoryFiles(World world)
{
    /// <param name="owners">The principal to whom an account belongs; null where there are no tenants.</param>
    public long WriteMembers(Stream output, Func<long, int>? owners)
    {
        using var line = new LineBuffer(output);
        line.Add(owners is null ? "account,status"u8 : "account,status,owner"u8);
        line.EndLine();
        for (var block = 0L; block < world.Ids.Blocks; block++)
            foreach (var (id, account) in world.Ids.Members(block))
            {
                if (account >= 0 && !world.IsListed(account))
                    continue;
                line.Add(id);
                line.Add(account < 0 ? ",canary"u8 : world.Members.IsDormant(account) ? ",dormant"u8 : ",active"u8);
                if (owners is not null)
                {
                    line.Add(","u8);
                    if (account >= 0)
                        line.Add(Traffic.Principals.Texts[owners(account)]);
                }
                line.EndLine();
            }
        return line.Lines;
    }

    public long WritePeople(Stream output)
    {
        using var line = new LineBuffer(output);
        line.Add("account,person"u8);
        line.EndLine();
        Span<long> people = stackalloc long[Members.LongestBook];
        for (var account = 0L; account < world.Options.Accounts; account++)
        {
            var (id, count) = (world.Ids.IdOf(account), world.Members.People(account, people));
            foreach (var person in people[..count])
            {
                line.Add(id);
                line.Add(",p"u8);
                line.Add(person);
                line.EndLine();
            }
        }
        return line.Lines;
    }

    /// <summary>The configuration with which the logs are read.</summary>
    public static void WriteConfiguration(TextWriter file, ScenarioOptions options, Crimes.CrimePlan plan)
    {
        file.Write($"""
            # A synthetic world: nobody in here exists. whosaw simulate {options.Scenario} --seed {options.Seed}
            version: 1
            zone: Asia/Seoul
            sources:
              - id: gateway
                kind: access
                path: logs/gateway/(stream)-*.log.gz
                format: json
                fields: (time: ts, request: rid, client: ip, method: method, target: uri, status: status, bytes: bytes,
                         agent: ua, credential: sid, key: kid, account: uid, principal: who)

            """.Replace('(', '{').Replace(')', '}'));
        if (options.WithIssuer)
            file.Write("""
                  - id: issuer
                    kind: issuer
                    path: logs/issuer/{stream}-*.log.gz
                    format: json
                    fields: {time: ts, event: event, credential: sid, account: uid, key: kid, expires: exp, client: ip}

                """);
        foreach (var entry in plan.SourceEntries)
            file.Write("  " + entry.Trim().Replace("\n", "\n", StringComparison.Ordinal) + "\n");
        file.Write("""
            routes:
              - {route: 'GET /api/members/{subject}', name: profile, shows: [name, email]}
              - {route: 'GET /api/members/{subject}/addresses', name: addresses, shows: [name, phone, address],
                  others: 20}
              - {route: 'GET /api/members/{subject}/addresses/{address}/edit', name: address-edit,
                 shows: [name, phone, address, entrance-code]}
              - {route: 'GET /api/orders', name: orders, subject: account, shows: [order-history]}
              - {route: 'GET /admin/members/{subject}', name: admin, ticket: 'query:ticket',
                  shows: [name, email, phone, address, order-history]}
              - {route: 'GET /internal/deliveries/{subject}', name: deliveries,
                  shows: [name, phone, address, entrance-code],
                 others: 20}
              - {route: 'GET /internal/partner-orders/{subject}', name: partner-orders,
                  shows: [name, phone, order-history]}
              - {route: 'GET /internal/segments/{subject}', name: segments, shows: [email, order-history]}

            """);
        foreach (var entry in plan.RouteEntries)
            file.Write($"  - {entry}\n");
        if (plan.TableEntries.Count > 0)
            file.Write("tables:\n");
        foreach (var entry in plan.TableEntries)
            file.Write($"  - {entry}\n");
        if (options.Scenario == ScenarioCatalog.MarketingImport)
        {
            var night = options.Start.AddDays(new Occasions(options).EventDay);
            file.Write("announcements:\n  - {principal: svc-marketing, operation: segments, reason: spring campaign, ");
            file.Write($"from: '{night:yyyy-MM-dd}T22:00', to: '{night.AddDays(1):yyyy-MM-dd}T00:00:01'}}\n");
        }
        file.Write("accounts: members.csv\npeople: people.csv\nkeys: keys.csv\n");
    }
}
