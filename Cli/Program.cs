using System.Text;
using CriAttach.Cli.Commands;
using CriAttach.Cli.Terminal;

// Reading a terminal and writing to one that was stopped block a thread of the pool each; the rest must go on.
ThreadPool.SetMinThreads(8, 8);

var streams = StandardStreams.OfProcess();
var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = new StreamWriter(streams.Output, encoding) { AutoFlush = true };
var error = new StreamWriter(streams.Error, encoding) { AutoFlush = true };
var context = new CommandContext { Streams = streams, Output = output, Error = error };
return await new CommandLine(context).RunAsync(args);
