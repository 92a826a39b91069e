using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace WhoSaw.Cli;

/// <summary>
/// Reads one YAML document into values with their places. Keeps its own stack: however deep a file nests, it is
/// refused, not followed.
/// </summary>
internal sealed class YamlReader(FaultList faults)
{
    private const int Deepest = 32;
    private readonly Stack<(YamlValue Value, YamlValue? Key)> _open = new();
    private readonly Dictionary<string, YamlValue> _anchors = new(StringComparer.Ordinal);
    private YamlValue? _root;

    /// <summary>The document's value; null, with a fault, when it cannot be read as YAML or holds nothing.</summary>
    public YamlValue? Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            var documents = 0;
            while (MoveNext(parser))
            {
                if (parser.Current is DocumentStart start && ++documents == 2)
                {
                    AddFault(start.Start, "a configuration is one document");
                    return null;
                }
                if (!Take(parser.Current!))
                    return null;
            }
        }
        catch (YamlException fault)
        {
            AddFault(fault.Start, $"this is not YAML: {Sentence(fault.Message)}");
            return null;
        }
        if (_root is null || _root.IsNothing)
            faults.Add(1, 1, "the configuration is empty");
        return _root is { IsNothing: false } ? _root : null;
    }

    // The parser's own checks of its state fail for some broken flow collections; those are faults of the text too.
    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            var at = parser.Current?.End ?? Mark.Empty;
            throw new SyntaxErrorException(at, at, "what follows cannot be parsed, perhaps a bracket is not closed");
        }
    }

    private bool Take(ParsingEvent happened)
    {
        var at = happened.Start;
        switch (happened)
        {
            case Scalar scalar:
                Add(new YamlValue(YamlKind.Text, (int)at.Line, (int)at.Column)
                {
                    Text = scalar.Value,
                    IsPlain = scalar.Style == ScalarStyle.Plain,
                }, scalar.Anchor);
                break;
            case SequenceStart sequence:
                return Open(new YamlValue(YamlKind.List, (int)at.Line, (int)at.Column), sequence.Anchor);
            case MappingStart mapping:
                return Open(new YamlValue(YamlKind.Mapping, (int)at.Line, (int)at.Column), mapping.Anchor);
            case SequenceEnd or MappingEnd:
                _open.Pop();
                break;
            case AnchorAlias alias when _anchors.TryGetValue(alias.Value.Value, out var known):
                Add(known, AnchorName.Empty);
                break;
            case AnchorAlias alias:
                AddFault(at, $"the alias '*{alias.Value.Value}' names nothing before it");
                return false;
        }
        return true;
    }

    private bool Open(YamlValue value, AnchorName anchor)
    {
        if (_open.Count == Deepest)
        {
            faults.Add(value, "this is nested too deep");
            return false;
        }
        Add(value, AnchorName.Empty);
        _open.Push((value, null));
        // an alias may name it only from here on; a value that holds itself is found by its depth
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = value;
        return true;
    }

    private void Add(YamlValue value, AnchorName anchor)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = value;
        if (_open.Count == 0)
        {
            _root ??= value;
            return;
        }
        var (parent, key) = _open.Pop();
        if (parent.Kind == YamlKind.List)
            parent.Items.Add(value);
        else if (key is null)
            key = value;
        else
        {
            parent.Entries.Add((key, value));
            key = null;
        }
        _open.Push((parent, key));
    }

    private void AddFault(Mark at, string sentence) =>
        faults.Add(Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column), sentence);

    private static string Sentence(string message)
    {
        var text = message.ReplaceLineEndings(" ").TrimEnd('.');
        return text.Length == 0 ? "it cannot be parsed" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
