// Attaches its standard streams to a pod's only container, with what @kubernetes/client-node offers.
//   node attach.mjs KUBECONFIG NAMESPACE POD [ROWS COLUMNS]
// The last line on standard error is the status; the exit code is 0 when the server closed in good order.
import { PassThrough } from 'node:stream';
import * as k8s from '@kubernetes/client-node';

const [config, namespace, name, rows, columns] = process.argv.slice(2);
const kube = new k8s.KubeConfig();
kube.loadFromFile(config);
const pod = await kube.makeApiClient(k8s.CoreV1Api).readNamespacedPod({ name, namespace });
const container = pod.spec.containers[0];
const tty = container.tty === true;

const output = new PassThrough();
output.pipe(process.stdout);
if (rows !== undefined) {
  Object.assign(output, { rows: Number(rows), columns: Number(columns) });
}

const socket = await new k8s.Attach(kube).attach(namespace, name, container.name, output, tty ? null : process.stderr, process.stdin, tty);
const statusChannel = 3;
let status = '';
socket.on('message', (data) => {
  if (data[0] === statusChannel) {
    status = data.subarray(1).toString();
  }
});
socket.on('close', (code) => {
  process.stderr.write(`${socket.protocol} ${code} ${status}\n`);
  process.exitCode = code === 1000 ? 0 : 1;
  process.stdin.destroy();
});
