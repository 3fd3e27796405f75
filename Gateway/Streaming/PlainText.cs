using System.Text;

namespace CriAttach.Gateway.Streaming;

/// <summary>Answers in words, as Go's servers do.</summary>
internal static class PlainText
{
    /// <summary>Answers with a text.</summary>
    /// <param name="response">The response.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="text">The text; a line break comes behind it.</param>
    public static Task AnswerAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";

        // With its length, as Go's servers give it: clients that dial by hand know no chunks.
        var body = Encoding.UTF8.GetBytes(text + "\n");
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>Answers that there is nothing here: an unknown path, or a token that is unknown, used or too old.</summary>
    /// <param name="response">The response.</param>
    public static Task NotFoundAsync(HttpResponse response) => AnswerAsync(response, StatusCodes.Status404NotFound, "404 page not found");
}
