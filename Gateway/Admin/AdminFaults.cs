namespace CriAttach.Gateway.Admin;

/// <summary>Answers every failure of the admin API by a problem.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AdminFaults(RequestDelegate next, ILogger<AdminFaults> logger)
{
    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        var response = context.Response;
        try
        {
            await next(context);
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested && !response.HasStarted)
        {
            var problem = AdminProblems.Of(fault);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                Log.Failed(logger, context.Request.Method, problem.Status, fault);
            }

            await AdminProblems.WriteAsync(response, problem);
        }

        if (!response.HasStarted && response.ContentType is null && AdminProblems.OfStatus(response.StatusCode) is { } bare)
        {
            await AdminProblems.WriteAsync(response, bare);
        }
    }
}
