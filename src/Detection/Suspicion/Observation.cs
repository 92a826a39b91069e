using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>One unit of evidence, with every actor that it belongs to.</summary>
internal struct Observation
{
    public EventTime Time;
    public long Offset;
    public int File;
    public Unit Unit;

    /// <summary>A first reading counts the weeks since the logs began, the last of these for all later ones.</summary>
    public const int Weeks = 8;

    /// <summary>
    /// Agent family of a session, operation of staff: rates are learned for each. Of a first reading the family and the
    /// week: the former times <see cref="Weeks"/>, plus the latter.
    /// </summary>
    public short Context;

    /// <summary>
    /// The same account with the same software was odd in the same way before: a habit adds no evidence.
    /// </summary>
    public bool IsRepeat;
    public Trait Traits;

    /// <summary>Traits that say nothing about it, present or absent.</summary>
    public Trait Silent;

    /// <summary>Of these, what jumped for everybody at that time; found anew at each conclusion.</summary>
    public Trait Suspended;
    public Symbol Client;
    public Symbol Network;

    /// <summary>The autonomous system of the client; none without a table of them.</summary>
    public Symbol System;
    public Symbol Agent;
    public Symbol Key;
    public Symbol Principal;
    public ulong Credential;
    public SubjectId Account;
}

internal enum ActorKind : byte
{
    Client,
    Network,
    Agent,
    Key,
    Credential,
    Account,
    Principal,
    System,
}

/// <summary>A value that ties observations together.</summary>
internal readonly record struct Actor(ActorKind Kind, ulong Value)
{
    public const int Kinds = 8;

    /// <summary>Writes the actors of an observation, those that it has.</summary>
    public static int Of(in Observation observation, Span<Actor> actors)
    {
        var count = 0;
        for (var kind = 0; kind < Kinds; kind++)
        {
            var actor = new Actor((ActorKind)kind, ValueOf(observation, (ActorKind)kind));
            if (actor.Value != 0)
                actors[count++] = actor;
        }
        return count;
    }

    /// <summary>0 when the observation has no such actor.</summary>
    public static ulong ValueOf(in Observation observation, ActorKind kind) => kind switch
    {
        ActorKind.Client => (ulong)observation.Client.Index,
        ActorKind.Network => (ulong)observation.Network.Index,
        ActorKind.Agent => (ulong)observation.Agent.Index,
        ActorKind.Key => (ulong)observation.Key.Index,
        ActorKind.Credential => observation.Credential,
        // The number of an account can be 0; shifted by one it is never "none".
        ActorKind.Account => observation.Account.IsNone ? 0 : (ulong)observation.Account.Value + 1,
        ActorKind.System => (ulong)observation.System.Index,
        _ => (ulong)observation.Principal.Index,
    };
}
