namespace CriAttach.Wire.Asciicast;

/// <summary>What an event of an asciicast is about. The values are the letters in the file.</summary>
public enum AsciicastCode : byte
{
    /// <summary>Text that the terminal showed.</summary>
    Output = (byte)'o',

    /// <summary>Text that somebody typed.</summary>
    Input = (byte)'i',

    /// <summary>A place with a label.</summary>
    Marker = (byte)'m',

    /// <summary>The terminal's new size, <c>COLSxROWS</c>.</summary>
    Resize = (byte)'r',

    /// <summary>The exit status of what was recorded.</summary>
    Exit = (byte)'x',
}
