namespace WhoSaw.Intake.Formats;

/// <summary>Where known writers of JSON put their values: field, then paths, the best first.</summary>
internal static class JsonPresets
{
    private const long Nanosecond = 1;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    private static readonly string[] Caddy =
    [
        "time=ts", "client=request.client_ip request.remote_ip request.remote_addr", "method=request.method",
        "forwarded=request.headers.X-Forwarded-For", "target=request.uri", "status=status", "bytes=size",
        "duration=duration", "agent=request.headers.User-Agent", "referrer=request.headers.Referer", "user=user_id",
        "request=request.headers.X-Request-Id uuid",
    ];

    private static readonly string[] Traefik =
    [
        "time=StartUTC StartLocal time", "client=ClientHost ClientAddr", "user=ClientUsername", "method=RequestMethod",
        "target=RequestPath", "status=DownstreamStatus OriginStatus", "bytes=DownstreamContentSize",
        "duration=Duration",
        "agent=request_User-Agent", "referrer=request_Referer", "forwarded=request_X-Forwarded-For",
        "request=request_X-Request-Id",
    ];

    private static readonly string[] Envoy =
    [
        "time=start_time timestamp time", "method=method", "target=x_envoy_original_path original_path path",
        "status=response_code status", "bytes=bytes_sent", "duration=duration", "agent=user_agent", "referrer=referer",
        "client=downstream_remote_address x_forwarded_for", "forwarded=x_forwarded_for",
        "request=request_id x_request_id",
    ];

    private static readonly string[] Akamai =
    [
        "time=reqTimeSec", "client=cliIP", "forwarded=xForwardedFor", "method=reqMethod", "target=reqPath",
        "query=queryStr", "status=statusCode", "bytes=bytes totalBytes objSize", "duration=turnAroundTimeMSec",
        "agent=UA", "referrer=referer", "request=reqId",
    ];

    // From, To and Object become the target: see JsonCompletion
    private static readonly string[] CloudTrail =
    [
        "time=eventTime", "client=sourceIPAddress", "agent=userAgent", "method=eventName", "request=requestID eventID",
        "principal=userIdentity.arn userIdentity.principalId userIdentity.invokedBy", "user=userIdentity.userName",
        "credential=userIdentity.accessKeyId", "from=eventSource",
        "to=requestParameters.bucketName requestParameters.tableName requestParameters.secretId",
        "object=requestParameters.key", "event=errorCode", "bytes=additionalEventData.bytesTransferredOut",
    ];

    /// <summary>
    /// The names that a JSON log is likely to use when nothing is known about it; also nginx's variables.
    /// </summary>
    public static readonly string[] Usual =
    [
        "time=ts time timestamp @timestamp time_iso8601 msec time_local event_time eventTime datetime start_time "
            + "StartUTC requestTime request_timestamp logged_at created_at date t",
        "client=ip client_ip clientIp clientIP client_addr client_address remote_addr remoteAddr remote_ip remoteIp "
            + "remote_address remote_host source_ip sourceIp src_ip cliIP ClientHost client.ip source.ip "
            + "client.address source.address client httpRequest.remoteIp c_ip",
        "forwarded=x_forwarded_for http_x_forwarded_for xff forwarded_for X-Forwarded-For forwarded",
        "method=method request_method http_method httpMethod verb http.request.method httpRequest.requestMethod "
            + "cs_method",
        "target=uri request_uri target path url request_path requestUri url.original url.path http_path "
            + "httpRequest.requestUrl request cs_uri_stem",
        "query=query query_string args url.query",
        "status=status status_code statusCode code response_code http_status http.response.status_code response "
            + "httpRequest.status sc_status",
        "bytes=bytes body_bytes_sent bytes_sent size response_size responseSize content_length length "
            + "http.response.body.bytes httpRequest.responseSize sc_bytes",
        "duration=duration request_time duration_ms latency_ms elapsed_ms response_time_ms latency elapsed took "
            + "response_time event.duration",
        "agent=ua user_agent http_user_agent userAgent agent user_agent.original httpRequest.userAgent",
        "referrer=referrer referer http_referer http_referrer http.request.referrer httpRequest.referer",
        "user=user remote_user username user_name user.name login",
        "account=uid user_id userId account account_id accountId member_id memberId user.id customer_id sub",
        "credential=sid session session_id sessionId credential token_id jti",
        "request=rid request_id requestId req_id x_request_id trace_id traceId http.request.id id",
        "key=kid key_id keyId key",
        "principal=who principal actor employee admin operator service svc",
        "token=authorization http_authorization Authorization access_token jwt token",
        "event=event event_type eventType",
        "expires=exp expires expires_at expiresAt expiry",
    ];

    /// <summary>The paths of a preset; the fields given replace its own of the same name.</summary>
    public static JsonPaths Paths(string preset, IReadOnlyDictionary<string, string>? fields)
    {
        var paths = new JsonPaths();
        if (fields is not null)
        {
            foreach (var (name, path) in fields)
            {
                if (FieldNames.TryFind(name, out var slot))
                    paths.Add(path, new JsonTarget(slot, 0, Unit(preset, path)));
            }
        }
        foreach (var entry in Entries(preset, fields))
        {
            var (name, candidates) = Split(entry);
            if (fields is not null && fields.ContainsKey(name) || !FieldNames.TryFind(name, out var slot))
                continue;
            for (var rank = 0; rank < candidates.Length; rank++)
                paths.Add(candidates[rank], new JsonTarget(slot, (byte)rank, Unit(preset, candidates[rank])));
        }
        if (preset == "cloudtrail")
            paths.Add("errorCode", new JsonTarget(FieldSlot.Error, 0, 0));
        return paths;
    }

    public static JsonFinish Finish(string preset) => preset switch
    {
        "traefik" => JsonFinish.LastForwarded,
        "akamai-ds2" => JsonFinish.Encoded,
        "cloudtrail" => JsonFinish.CloudCall,
        _ => JsonFinish.Plain,
    };

    public static (string Field, string[] Paths) Split(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return (entry[..equals], entry[(equals + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string[] Entries(string preset, IReadOnlyDictionary<string, string>? fields) => preset switch
    {
        "caddy" => Caddy,
        "traefik" => Traefik,
        "envoy" => Envoy,
        "akamai-ds2" => Akamai,
        "cloudtrail" => CloudTrail,
        // a mapping for json is complete: what it does not name is not read
        _ => fields is { Count: > 0 } ? [] : Usual,
    };

    /// <summary>Nanoseconds of one of a duration's units; 0 where the number itself must tell.</summary>
    private static long Unit(string preset, string path) => preset switch
    {
        "caddy" => Second,
        "traefik" => Nanosecond,
        "envoy" or "akamai-ds2" => Millisecond,
        _ when path.EndsWith("_ms", StringComparison.Ordinal) => Millisecond,
        _ when path.EndsWith("Ms", StringComparison.Ordinal) => Millisecond,
        _ when path.EndsWith("_us", StringComparison.Ordinal) => 1_000,
        _ when path.EndsWith("_ns", StringComparison.Ordinal) || path == "event.duration" => Nanosecond,
        _ when path == "request_time" => Second,
        _ => 0,
    };
}
