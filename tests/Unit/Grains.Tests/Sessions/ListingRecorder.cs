using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Tests.Sessions;

/// <summary>Writes down what it is told.</summary>
internal sealed class ListingRecorder : ISessionRecorder
{
    public List<string> Told { get; } = [];

    public Task Ready { get; set; } = Task.CompletedTask;

    public Action<string, string> End { get; private set; } = static (_, _) => { };

    public void OnFailure(Action<string, string> end) => End = end;

    public Task CheckAsync(IRuntimeContainer container) => Ready;

    public void Attached(IRuntimeContainer container, SessionInfo session, long? offset) => Told.Add($"{session.Key.Id} attached at {offset?.ToString((IFormatProvider?)null) ?? "?"}");

    public Task ReadyAsync(string containerId) => Ready;

    public void Left(SessionInfo session) => Told.Add($"{session.Key.Id} left: {session.Cause}");

    public void Resized(string containerId, TerminalSize size) => Told.Add($"{containerId} is {size.Width}x{size.Height}");
}
