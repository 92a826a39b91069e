using System.ComponentModel;
using System.Diagnostics;

namespace WhoSaw.Ledger;

/// <summary>
/// A command that holds the key, in a hardware module or on another machine. It is called as <c>COMMAND public</c> and
/// prints the public key, or as <c>COMMAND sign</c>, reads the message from standard input and prints the signature;
/// both in base64 on one line.
/// </summary>
public sealed class SigningCommand : ILedgerSigner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _command;
    private readonly Lazy<byte[]> _publicKey;

    /// <param name="command">A program's path, without arguments.</param>
    public SigningCommand(string command)
    {
        _command = command;
        _publicKey = new Lazy<byte[]>(() => Run("public", default, 32));
    }

    public ReadOnlyMemory<byte> PublicKey => _publicKey.Value;

    public byte[] Sign(ReadOnlySpan<byte> message) => Run("sign", message, 64);

    private byte[] Run(string verb, ReadOnlySpan<byte> input, int length)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(_command, [verb])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            Give(process, input);
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new LedgerException($"The signer {_command} did not answer within {Patience.TotalSeconds} s.");
            }
            if (process.ExitCode != 0)
                throw new LedgerException($"The signer {_command} failed with exit status {process.ExitCode}.");
            var bytes = Convert.FromBase64String(output.GetAwaiter().GetResult().Trim());
            return bytes.Length == length
                ? bytes
                : throw new LedgerException($"The signer {_command} gave {bytes.Length} bytes instead of {length}.");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or FormatException)
        {
            throw new LedgerException($"The signer {_command} cannot be used: {exception.Message}", exception);
        }
    }

    // One that ends without reading says by its exit status why.
    private static void Give(Process process, ReadOnlySpan<byte> input)
    {
        try
        {
            using var stdin = process.StandardInput.BaseStream;
            stdin.Write(input);
        }
        catch (IOException) when (process.WaitForExit(Patience))
        {
        }
    }
}
