using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Refuses specs that this runtime cannot run.</summary>
internal static class ContainerCheck
{
    /// <summary>Checks a spec.</summary>
    /// <exception cref="InvalidContainerSpecException">It cannot be run; the message says why.</exception>
    public static void Check(ContainerSpec spec)
    {
        Require(spec.Rootfs is null != spec.Bundle is null, "give either a root file system or a bundle");
        Require(Path.IsPathRooted(spec.Rootfs ?? spec.Bundle), "the path of the root file system or bundle must be absolute");
        Require(Directory.Exists(spec.Rootfs ?? spec.Bundle), $"there is no directory {spec.Rootfs ?? spec.Bundle}");
        Require(spec.Bundle is not null || spec.Args.Count > 0, "there is no command line");
        Require(spec.Args.Count == 0 || spec.Args[0].Length > 0, "the command is empty");
        Require(spec.Env.All(variable => variable.IndexOf('=', StringComparison.Ordinal) > 0), "an environment variable is not of the form NAME=value");
        Require(spec.WorkingDirectory.Length == 0 || Path.IsPathRooted(spec.WorkingDirectory), "the working directory must be absolute");
        Require(
            spec.Args.Concat(spec.Env).Append(spec.WorkingDirectory).All(text => !text.Contains('\0', StringComparison.Ordinal)),
            "the command line, the environment and the working directory must be without NUL");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidContainerSpecException(message);
        }
    }
}
