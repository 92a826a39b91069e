namespace WhoSaw.Cli;

/// <summary>The faults of one file, as they are found.</summary>
internal sealed class FaultList(string file)
{
    private readonly List<ConfigurationFault> _faults = [];

    public void Add(YamlValue at, string sentence) => Add(at.Line, at.Column, sentence);

    public void Add(int line, int column, string sentence) =>
        _faults.Add(new ConfigurationFault(file, line, column, sentence));

    public IReadOnlyList<ConfigurationFault> InOrder() =>
        [.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column).Distinct()];
}
