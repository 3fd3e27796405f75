using System.Globalization;
using System.Text;
using CriAttach.Silo.State;

namespace CriAttach.Silo.Hosting.Clustering;

/// <summary>
/// The number by which the cluster tells a node's silos apart; it grows. Orleans takes the time of day, and a silo whose clock was set back since the
/// one before it is told that it is the older one, and ends, again and again until that time has come (docs/adr/0031). So the last one is kept.
/// </summary>
internal static class SiloGeneration
{
    private const string FileName = "generation";

    /// <summary>Makes the next one, and keeps it.</summary>
    /// <param name="directory">The node's state.</param>
    /// <param name="now">The one that goes by the time of day.</param>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public static int Next(string directory, int now)
    {
        PrivateFile.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);

        // What is no number is none: a node begins all the same.
        var last = File.Exists(path) && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var kept) ? kept : 0;
        var next = Math.Max(now, last + 1);
        PrivateFile.Replace(path, Encoding.ASCII.GetBytes(next.ToString(CultureInfo.InvariantCulture)));
        return next;
    }
}
